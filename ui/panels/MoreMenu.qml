import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What the view on screen can do, in words, whatever its own bars have room for.
AppButton {
    id: root

    required property Commands commands
    readonly property bool modules: App.view === "modules"
    readonly property var ids: ["save", "copy", "export", ...(modules ? ["costs", "compare", "why", "dream", "flow"] : []),
        "about-network", "copy-address", "help"]
    readonly property var entries: ids.map(id => commands.available.find(c => c.id === id)).filter(c => c)

    glyph: "more"
    tip: menu.visible ? "" : qsTr("More: save, copy and what else this view can do")
    flatLook: true
    Accessible.name: qsTr("More")
    Accessible.role: Accessible.ButtonMenu
    onClicked: menu.open()
    // The list below is made anew for each opening: it must not change under the pointer.
    Popup {
        id: menu

        property var shown: []
        property var chosen: null

        x: root.width - width
        y: root.height + Theme.px(6)
        width: Math.min(Theme.px(330), root.Window.width - Theme.px(24))
        padding: Theme.px(6)
        focus: true
        modal: true
        dim: false
        closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
        onAboutToShow: shown = root.entries
        onOpened: if (list.count) list.itemAt(0).forceActiveFocus(Qt.TabFocusReason)
        // Once it is gone: what was chosen may want the keyboard, or a picture of the window.
        onClosed: {
            const act = chosen
            chosen = null
            if (act)
                act.run()
        }
        enter: null
        exit: null
        background: Rectangle {
            color: Theme.panel
            radius: Theme.radius
            border.color: Theme.strongLine
            border.width: Theme.hairline
        }
        // A positioner, not a layout: a layout that is hidden while a repeater in it replaces its
        // items keeps the old ones, and crashes at the next change of size (Qt 6.4).
        contentItem: Column {
            spacing: Theme.px(1)
            Repeater {
                id: list
                model: menu.shown
                AppButton {
                    id: entry
                    required property int index
                    required property var modelData
                    function go(by) {
                        list.itemAt((index + by + list.count) % list.count).forceActiveFocus(Qt.TabFocusReason)
                    }
                    flatLook: true
                    width: parent ? parent.width : 0
                    implicitHeight: Theme.px(30)
                    text: modelData.title
                    Accessible.role: Accessible.MenuItem
                    Accessible.name: modelData.keys ? text + ", " + modelData.keys : text
                    Keys.onDownPressed: go(1)
                    Keys.onUpPressed: go(-1)
                    Keys.onPressed: event => {
                        if (event.key === Qt.Key_Home || event.key === Qt.Key_End) {
                            list.itemAt(event.key === Qt.Key_Home ? 0 : list.count - 1).forceActiveFocus(Qt.TabFocusReason)
                            event.accepted = true
                        }
                    }
                    onClicked: {
                        menu.chosen = modelData
                        menu.close()
                    }
                    contentItem: RowLayout {
                        spacing: Theme.px(12)
                        AppText {
                            Layout.fillWidth: true
                            leftPadding: Theme.px(2)
                            text: entry.text
                            elide: Text.ElideRight
                            font.weight: Font.Medium
                        }
                        AppText {
                            text: entry.modelData.keys
                            color: Theme.secondary
                            font.pixelSize: Theme.small
                        }
                    }
                }
            }
        }
    }
}
