import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// What the top bar of a narrow window has no room for.
AppButton {
    id: root

    signal help

    glyph: "more"
    tip: menu.visible ? "" : qsTr("Size of the text, theme, keys")
    flatLook: true
    Accessible.name: qsTr("More")
    onClicked: menu.visible ? menu.close() : menu.open()

    Popup {
        id: menu
        x: root.width - width
        y: root.height + Theme.px(6)
        width: Theme.px(250)
        padding: Theme.px(8)
        focus: true
        // Keys and clicks are its alone while it is open.
        modal: true
        dim: false
        closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
        onOpened: larger.forceActiveFocus(Qt.TabFocusReason)
        background: Rectangle {
            color: Theme.panel
            radius: Theme.radius
            border.color: Theme.strongLine
            border.width: Theme.hairline
        }

        component Choice: AppButton {
            id: choice
            width: menu.availableWidth
            flatLook: true
            contentItem: AppText {
                leftPadding: Theme.px(6)
                text: choice.text
                font.weight: Font.Medium
            }
            Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.TabFocusReason)
        }

        contentItem: Column {
            spacing: Theme.px(2)
            Choice {
                id: larger
                text: qsTr("Larger text (Ctrl+Plus)")
                onClicked: App.settings.stepTextScale(1)
            }
            Choice {
                text: qsTr("Smaller text (Ctrl+Minus)")
                onClicked: App.settings.stepTextScale(-1)
            }
            Choice {
                text: Theme.dark ? qsTr("Light theme (T)") : qsTr("Dark theme (T)")
                onClicked: App.settings.dark = !App.settings.dark
            }
            Choice {
                text: qsTr("Keys and what they do (F1)")
                onClicked: {
                    menu.close()
                    root.help()
                }
            }
        }
    }
}
