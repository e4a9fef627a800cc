import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Controls.impl
import Inceptoscope

// A button with an icon, a text or both. `tip` says what it does, shortcut included.
Button {
    id: button

    property string glyph
    property string tip
    property bool primary: false
    property bool flatLook: false
    property real textSize: Theme.body
    readonly property color ink: primary || checked ? Theme.accentInk : Theme.text

    focusPolicy: Qt.TabFocus
    implicitHeight: Theme.px(32)
    implicitWidth: text ? row.implicitWidth + Theme.px(22) : implicitHeight
    hoverEnabled: true
    opacity: enabled ? 1 : 0.4

    Accessible.role: Accessible.Button
    Accessible.name: text || tip
    Accessible.description: tip
    // Qt 6.4 presses buttons with Space only, and has no click() to call.
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: Theme.px(7)
            IconImage {
                visible: button.glyph !== ""
                anchors.verticalCenter: parent.verticalCenter
                source: button.glyph ? "qrc:/icons/" + button.glyph + ".svg" : ""
                color: button.ink
                sourceSize: Qt.size(Theme.px(18), Theme.px(18))
            }
            AppText {
                visible: button.text !== ""
                anchors.verticalCenter: parent.verticalCenter
                text: button.text
                color: button.ink
                font.weight: Font.Medium
                font.pixelSize: button.textSize
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: button.primary || button.checked
            ? (button.down ? Qt.darker(Theme.accent, 1.15) : Theme.accent)
            : button.hovered || button.down ? Theme.hover
            : button.flatLook ? "transparent" : Theme.raised
        border.width: button.flatLook || button.primary || button.checked ? 0 : Theme.hairline
        border.color: Theme.line
        FocusRing { shown: button.visualFocus }
    }
    Tip {
        text: button.tip
        visible: button.tip !== "" && (button.hovered || button.visualFocus)
    }
}
