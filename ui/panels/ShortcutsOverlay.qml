import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Inceptoscope

// All keys at a glance.
Popup {
    id: root
    readonly property var keys: [
        ["1, 2, 3", qsTr("Modules, costs, versions")], ["Ctrl+E", qsTr("Save the chart as SVG or PNG")],
        ["Ctrl+Shift+C", qsTr("Copy the table of costs")],
        ["← →", qsTr("Previous, next module")], ["Page Up, Page Down", qsTr("Previous, next group of modules")],
        ["Home, End", qsTr("First, last module")], ["I", qsTr("About this network")],
        ["Space", qsTr("Step through the network, or stop")], ["Click a map", qsTr("See it up close")],
        ["Tab, then arrows, Enter", qsTr("Choose a map with the keyboard")],
        ["← →, Page Up, Page Down", qsTr("Next channels, up close")], ["Esc", qsTr("Back to the module")],
        ["Ctrl+O, Ctrl+V, drop", qsTr("Open a picture; drop a video, too")], ["Ctrl+W", qsTr("Open weights")],
        ["V", qsTr("Live pictures: choose, or stop")], ["P", qsTr("Pause them, or go on")],
        ["C", qsTr("Next colour map")], ["L", qsTr("Colours for each map, or for the layer")],
        ["F", qsTr("Flow up, as in the papers, or down")], ["A", qsTr("Run the auxiliary heads too")],
        ["R", qsTr("Run again")], ["Ctrl+.", qsTr("Cancel")], ["T", qsTr("Dark or light")],
        ["Ctrl+Plus, Minus, 0", qsTr("Size of the text")], ["F1, ?", qsTr("This page")]
    ]

    modal: true
    focus: true
    anchors.centerIn: T.Overlay.overlay
    padding: Theme.px(24)
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    T.Overlay.modal: Rectangle { color: Theme.shade }
    background: Rectangle {
        color: Theme.panel
        radius: Theme.px(10)
        border.color: Theme.strongLine
        border.width: Theme.hairline
    }
    contentItem: Column {
        spacing: Theme.px(14)
        Keys.onPressed: root.close()
        AppText {
            text: qsTr("Keys")
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
        }
        Grid {
            columns: 2
            columnSpacing: Theme.px(28)
            rowSpacing: Theme.px(7)
            Repeater {
                model: root.keys.length * 2
                AppText {
                    required property int index
                    text: root.keys[Math.floor(index / 2)][index % 2]
                    font.weight: index % 2 ? Font.Normal : Font.DemiBold
                    font.pixelSize: Theme.px(14)
                }
            }
        }
        AppButton {
            text: qsTr("Close")
            tip: qsTr("Close (Esc)")
            onClicked: root.close()
        }
    }
}
