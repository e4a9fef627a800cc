import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Controls.impl
import Inceptoscope
import Inceptoscope.Models

// Nothing can run here: what is missing, and what can be done without it.
Popup {
    id: root
    modal: true
    focus: true
    anchors.centerIn: T.Overlay.overlay
    width: Math.min(Theme.px(560), parent ? parent.width - Theme.px(40) : 0)
    padding: Theme.px(28)
    T.Overlay.modal: Rectangle { color: Theme.shade }
    background: Rectangle {
        color: Theme.panel
        radius: Theme.px(10)
        border.color: Theme.strongLine
        border.width: Theme.hairline
    }
    contentItem: Column {
        spacing: Theme.px(16)
        Row {
            spacing: Theme.px(14)
            IconImage {
                anchors.verticalCenter: parent.verticalCenter
                source: "qrc:/icons/device.svg"
                color: Theme.accent
                sourceSize: Qt.size(Theme.px(36), Theme.px(36))
            }
            AppText {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("The network can't run here yet")
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
            }
        }
        AppText {
            width: parent.width
            text: App.run.deviceError
            wrapMode: Text.Wrap
            font.pixelSize: Theme.px(15)
            lineHeight: 1.25
        }
        AppText {
            width: parent.width
            text: qsTr("Without it, every module, shape and cost can still be explored; only feature maps, times and classes are missing.")
            wrapMode: Text.Wrap
            color: Theme.secondary
            font.pixelSize: Theme.px(15)
            lineHeight: 1.25
        }
        AppButton {
            primary: true
            focus: true
            text: qsTr("Explore without pictures")
            tip: qsTr("Close this page (Esc)")
            onClicked: root.close()
        }
    }
}
