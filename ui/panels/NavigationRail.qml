import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Controls.impl
import Inceptoscope
import Inceptoscope.Models

// The views, one entry each, and what must be in reach in all of them: size of the text, theme and
// keys. In a narrow window icons alone; more views than fit scroll.
Rectangle {
    id: root

    signal help

    property var views: App.views
    property bool narrow: false

    implicitWidth: Theme.px(narrow ? 48 : 76)
    color: Theme.panel
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Views")

    component Entry: AbstractButton {
        id: entry
        required property int index
        required property var modelData
        readonly property bool current: App.view === modelData.id
        width: root.width
        height: Theme.px(root.narrow ? 40 : 50)
        focusPolicy: Qt.TabFocus
        hoverEnabled: true
        Accessible.role: Accessible.PageTab
        Accessible.name: modelData.title
        Accessible.description: modelData.about
        Accessible.selected: current
        onClicked: App.view = modelData.id
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()
        Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.TabFocusReason)
        background: SelectionFill {
            selected: entry.current
            hovered: entry.hovered
            FocusRing {
                shown: entry.visualFocus
                anchors.margins: Theme.px(2)
            }
        }
        contentItem: Item {
            IconImage {
                id: icon
                anchors.horizontalCenter: parent.horizontalCenter
                y: root.narrow ? (parent.height - height) / 2 : Theme.px(6)
                source: "qrc:/icons/" + entry.modelData.glyph + ".svg"
                color: entry.current ? Theme.text : Theme.secondary
                sourceSize: Qt.size(Theme.px(22), Theme.px(22))
            }
            AppText {
                visible: !root.narrow
                anchors.top: icon.bottom
                anchors.topMargin: Theme.px(2)
                anchors.horizontalCenter: parent.horizontalCenter
                text: entry.modelData.title
                color: entry.current ? Theme.text : Theme.secondary
                font.pixelSize: Theme.tiny
                font.weight: entry.current ? Font.DemiBold : Font.Medium
            }
        }
        Tip {
            text: (root.narrow ? entry.modelData.title + "\n" : "") + entry.modelData.about
                + (entry.index < 9 ? " (%1)".arg(entry.index + 1) : "")
            visible: entry.hovered || entry.visualFocus
        }
    }
    component Small: AppButton {
        flatLook: true
        implicitWidth: Theme.px(32)
        implicitHeight: Theme.px(30)
    }

    Rectangle {
        anchors.right: parent.right
        width: Theme.hairline
        height: parent.height
        color: Theme.line
    }
    Image {
        id: logo
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.px(11)
        source: "qrc:/icons/inceptoscope.svg"
        sourceSize: Qt.size(Theme.px(28), Theme.px(28))
    }
    ScrollPage {
        id: page
        anchors.top: logo.bottom
        anchors.topMargin: Theme.px(9)
        anchors.bottom: tools.top
        anchors.bottomMargin: Theme.px(4)
        width: parent.width
        contentHeight: entries.height
        Column {
            id: entries
            Repeater {
                model: root.views
                Entry {}
            }
        }
    }
    Grid {
        id: tools
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(6)
        columns: root.narrow ? 1 : 2
        Small {
            glyph: "text-larger"
            tip: Theme.textFillsWindow ? qsTr("The text is as large as this window has room for")
                : qsTr("Larger text (Ctrl+Plus)")
            enabled: !Theme.textFillsWindow && App.settings.textScale < 1.79
            onClicked: Theme.stepText(1)
        }
        Small {
            glyph: "text-smaller"
            tip: qsTr("Smaller text (Ctrl+Minus)")
            enabled: App.settings.textScale > 0.81
            onClicked: Theme.stepText(-1)
        }
        Small {
            glyph: Theme.dark ? "sun" : "moon"
            tip: Theme.dark ? qsTr("Light theme (T)") : qsTr("Dark theme (T)")
            onClicked: App.settings.dark = !App.settings.dark
        }
        Small {
            glyph: "help"
            tip: qsTr("Keys and what they do (F1 or ?)")
            onClicked: root.help()
        }
    }
}
