import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// The pictures that come with the program, one click away.
Flow {
    id: root

    readonly property int perRow: Math.max(1, Math.ceil(App.samples.length / rows))
    readonly property int rows: width < Theme.px(250) ? 2 : 1
    readonly property real side: Math.min(Theme.px(44), (width - (perRow - 1) * spacing) / perRow)

    spacing: Theme.px(4)
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Sample pictures")

    Repeater {
        model: App.samples
        AbstractButton {
            id: sample

            required property var modelData

            width: root.side
            height: root.side
            focusPolicy: Qt.TabFocus
            hoverEnabled: true
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Sample picture: %1").arg(modelData.title)
            onClicked: App.pictures.open(modelData.source)
            Keys.onReturnPressed: clicked()

            contentItem: Image {
                source: sample.modelData.source
                sourceSize: Qt.size(Theme.px(88), Theme.px(88))
                fillMode: Image.PreserveAspectCrop
                smooth: true
            }
            Rectangle {
                anchors.fill: parent
                color: "transparent"
                border.color: sample.hovered ? Theme.accent : Theme.line
                border.width: sample.hovered ? Theme.px(2) : Theme.hairline
            }
            FocusRing { shown: sample.visualFocus }
            Tip {
                text: sample.modelData.title
                visible: sample.hovered
            }
        }
    }
}
