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
        GridLayout {
            Layout.fillWidth: true
            columns: 2
            columnSpacing: Theme.px(18)
            rowSpacing: Theme.px(7)
            Repeater {
                model: App.fetch.facts
                delegate: AppText {
                    required property var modelData
                    required property int index
                    Layout.row: index
                    Layout.column: 0
                    Layout.alignment: Qt.AlignTop
                    text: modelData.name
                    color: Theme.secondary
                }
            }
            Repeater {
                model: App.fetch.facts
                delegate: AppText {
                    required property var modelData
                    required property int index
                    Layout.row: index
                    Layout.column: 1
                    Layout.fillWidth: true
                    text: modelData.value
                    wrapMode: Text.WrapAnywhere
                    Accessible.name: modelData.name + ": " + modelData.value
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
