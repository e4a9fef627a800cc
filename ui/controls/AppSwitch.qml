import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

Switch {
    id: control
    property string tip
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    implicitHeight: Theme.px(28)
    implicitWidth: knob.width + label.implicitWidth + Theme.px(10)
    padding: 0
    opacity: enabled ? 1 : 0.4
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    indicator: Rectangle {
        id: knob
        y: (control.height - height) / 2
        width: Theme.px(34)
        height: Theme.px(18)
        radius: height / 2
        color: control.checked ? Theme.accent : Theme.hover
        border.color: control.checked ? Theme.accent : Theme.strongLine
        border.width: Theme.hairline
        Rectangle {
            x: control.checked ? parent.width - width - Theme.px(3) : Theme.px(3)
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(12)
            height: width
            radius: width / 2
            color: control.checked ? Theme.accentInk : Theme.secondary
        }
        FocusRing { shown: control.visualFocus; radius: height / 2 }
    }
    contentItem: AppText {
        id: label
        leftPadding: knob.width + Theme.px(8)
        text: control.text
    }
    Tip {
        text: control.tip
        visible: control.tip !== "" && control.hovered
    }
}
