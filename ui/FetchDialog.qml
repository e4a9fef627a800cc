import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What would be fetched, from whom and under which licence, before anything is.
Popup {
    id: root
    modal: true
    focus: true
    anchors.centerIn: T.Overlay.overlay
    width: Math.min(Theme.px(600), parent ? parent.width - Theme.px(40) : 0)
    padding: Theme.px(24)
    T.Overlay.modal: Rectangle { color: Theme.shade }
    background: Rectangle {
        color: Theme.panel
        radius: Theme.px(10)
        border.color: Theme.strongLine
        border.width: Theme.hairline
    }
    onOpened: fetch.forceActiveFocus(Qt.TabFocusReason)

    contentItem: ColumnLayout {
        spacing: Theme.px(14)
        AppText {
            Layout.fillWidth: true
            text: qsTr("Fetch trained weights for %1?").arg(App.overview.title)
            wrapMode: Text.Wrap
            font.pixelSize: Theme.large
            font.weight: Font.DemiBold
        }
        // A positioner, not a layout: a layout that is hidden while a repeater in it replaces its
        // items keeps the old ones, and crashes at the next change of size (Qt 6.4).
        Column {
            id: facts
            Layout.fillWidth: true
            readonly property real labels: Theme.px(110)
            spacing: Theme.px(7)
            Repeater {
                model: App.fetch.facts
                Item {
                    id: fact
                    required property var modelData
                    width: parent ? parent.width : 0
                    height: value.height
                    AppText {
                        text: fact.modelData.name
                        color: Theme.secondary
                    }
                    AppText {
                        id: value
                        x: facts.labels
                        width: parent.width - x
                        text: fact.modelData.value
                        wrapMode: Text.WrapAnywhere
                        Accessible.name: fact.modelData.name + ": " + fact.modelData.value
                    }
                }
            }
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            Layout.topMargin: Theme.px(4)
            spacing: Theme.space
            AppButton {
                text: qsTr("Cancel")
                tip: qsTr("Fetch nothing (Esc)")
                onClicked: root.close()
            }
            AppButton {
                id: fetch
                primary: true
                text: qsTr("Fetch %1").arg(App.fetch.sizeText)
                Accessible.description: qsTr("Download them in the background, then show the network with them")
                onClicked: {
                    root.close()
                    App.fetch.start()
                }
            }
        }
    }
}
