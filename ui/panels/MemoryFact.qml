import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// What the networks hold on the device; opened, what for, and how much more may be kept.
AppButton {
    id: root

    visible: App.run.memoryText !== ""
    implicitHeight: Theme.px(24)
    flatLook: true
    textSize: Theme.small
    property bool narrow: false
    glyph: narrow ? "device" : ""
    text: narrow ? "" : qsTr("Memory %1").arg(App.run.memoryText)
    tip: popup.visible ? "" : qsTr("Memory on the device: what for, and what is kept ready")
    Accessible.name: qsTr("Memory on the device: %1").arg(App.run.memoryText)
    onClicked: popup.visible ? popup.close() : popup.open()

    Popup {
        id: popup
        readonly property var choices: [-1, 0, 256, 1024, 4096]

        y: -height - Theme.px(6)
        width: Theme.px(380)
        padding: Theme.px(16)
        focus: true
        // Keys and clicks are its alone while it is open.
        modal: true
        dim: false
        closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
        background: Rectangle {
            color: Theme.panel
            radius: Theme.radius
            border.color: Theme.strongLine
            border.width: Theme.hairline
        }
        contentItem: Column {
            spacing: Theme.px(10)
            AppText {
                text: qsTr("Memory")
                font.weight: Font.DemiBold
            }
            AppText {
                width: parent.width
                text: App.run.memoryDetail
                wrapMode: Text.Wrap
                lineHeight: 1.2
            }
            AppText {
                width: parent.width
                text: qsTr("Networks that were used before stay on the device within this limit, so that going back to them is immediate:")
                wrapMode: Text.Wrap
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            Segmented {
                name: qsTr("Memory for networks used before")
                options: [qsTr("Automatic"), qsTr("None"), qsTr("256 MiB"), qsTr("1 GiB"), qsTr("4 GiB")]
                current: popup.choices.indexOf(App.settings.keptMebibytes)
                onPicked: index => App.settings.keptMebibytes = popup.choices[index]
            }
        }
    }
}
