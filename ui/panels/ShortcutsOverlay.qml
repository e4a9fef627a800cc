import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Inceptoscope
import Inceptoscope.Models

// All keys at a glance.
Popup {
    id: root
    required property Commands commands
    // What moves through the window, and then the commands.
    readonly property var keys: [
        ...App.views.map((view, index) => [index + 1, view.title]), ["Ctrl+K", qsTr("Search")],
        ["Click an op's name", qsTr("See all its maps")],
        ["← →", qsTr("Previous, next module")], ["Page Up, Page Down", qsTr("Previous, next group of modules")],
        ["Home, End", qsTr("First, last module")],
        ["Click a map", qsTr("See it up close")], ["Tab, then arrows, Enter", qsTr("Choose a map with the keyboard")],
        ["← →, Page Up, Page Down", qsTr("Next channels, up close")], ["Esc", qsTr("Close what is on top")],
        ...commands.all.filter(c => c.keys && c.id !== "help").map(c => [c.keys, c.title.replace("…", "")]),
        ["F1, ?", qsTr("This page")]
    ]

    modal: true
    focus: true
    anchors.centerIn: T.Overlay.overlay
    height: Math.min(body.implicitHeight + 2 * padding, parent ? parent.height - Theme.px(20) : 0)
    padding: Theme.px(24)
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    T.Overlay.modal: Rectangle { color: Theme.shade }
    background: Rectangle {
        color: Theme.panel
        radius: Theme.px(10)
        border.color: Theme.strongLine
        border.width: Theme.hairline
    }
    contentItem: Flickable {
        implicitWidth: body.implicitWidth
        contentHeight: body.implicitHeight
        clip: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        ScrollIndicator.vertical: ScrollIndicator {}
        focus: true
        Keys.onPressed: event => {
            const steps = { [Qt.Key_Up]: -1, [Qt.Key_Down]: 1 }
            if (contentHeight > height && event.key in steps)
                contentY = Math.max(0, Math.min(contentHeight - height, contentY + steps[event.key] * Theme.px(60)))
            else if (![Qt.Key_Control, Qt.Key_Shift, Qt.Key_Alt, Qt.Key_AltGr, Qt.Key_Meta].includes(event.key))
                root.close() // with any key, but not with what only begins one
        }
        Column {
            id: body
            spacing: Theme.px(14)
            AppText {
                text: qsTr("Keys")
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
            }
            Grid {
                id: grid
                // In a low window two beside each other.
                readonly property int pairs: root.parent && root.parent.height < Theme.px(1000)
                    && root.parent.width > Theme.px(860) ? 2 : 1
                readonly property int lines: Math.ceil(root.keys.length / pairs)
                columns: 2 * pairs
                columnSpacing: Theme.px(28)
                rowSpacing: Theme.px(7)
                flow: Grid.LeftToRight
                Repeater {
                    model: grid.lines * grid.columns
                    AppText {
                        required property int index
                        readonly property int column: index % grid.columns
                        readonly property var pair: root.keys[Math.floor(column / 2) * grid.lines + Math.floor(index / grid.columns)]
                        text: pair ? pair[column % 2] : ""
                        font.weight: column % 2 ? Font.Normal : Font.DemiBold
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
}
