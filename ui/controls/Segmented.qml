import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

// A choice between a few words, all in sight.
Rectangle {
    id: root

    required property var options
    required property int current
    property string name
    property string tip
    signal picked(int index)

    implicitHeight: Theme.px(32)
    implicitWidth: row.implicitWidth + Theme.px(4)
    radius: Theme.radius
    color: Theme.raised
    border.color: Theme.line
    border.width: Theme.hairline
    Accessible.role: Accessible.Grouping
    Accessible.name: name

    Row {
        id: row
        anchors.centerIn: parent
        Repeater {
            model: root.options
            AbstractButton {
                id: option
                required property int index
                required property string modelData
                readonly property bool picked: root.current === index
                focusPolicy: Qt.TabFocus
                hoverEnabled: true
                implicitHeight: root.height - Theme.px(4)
                implicitWidth: label.implicitWidth + Theme.px(18)
                Accessible.role: Accessible.RadioButton
                Accessible.name: root.name + ": " + modelData
                Accessible.checked: picked
                onClicked: root.picked(index)
                Keys.onReturnPressed: clicked()
                contentItem: AppText {
                    id: label
                    text: option.modelData
                    horizontalAlignment: Text.AlignHCenter
                    color: option.picked ? Theme.text : Theme.secondary
                    font.weight: option.picked ? Font.DemiBold : Font.Medium
                    font.pixelSize: Theme.small
                }
                background: Rectangle {
                    radius: Theme.px(4)
                    color: option.picked ? Theme.selection : option.hovered ? Theme.hover : "transparent"
                    border.width: option.picked ? Theme.hairline : 0
                    border.color: Theme.strongLine
                    FocusRing { shown: option.visualFocus }
                }
                Tip {
                    text: root.tip
                    visible: root.tip !== "" && option.hovered
                }
            }
        }
    }
}
