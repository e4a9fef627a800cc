import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

// One line that narrows something down.
TextField {
    id: field

    property string name

    implicitHeight: Theme.px(32)
    implicitWidth: Theme.px(170)
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(10)
    color: Theme.text
    placeholderTextColor: Theme.secondary
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    font.family: Theme.family
    font.pixelSize: Theme.small
    selectByMouse: true
    Accessible.role: Accessible.EditableText
    Accessible.name: name
    Keys.onEscapePressed: event => {
        event.accepted = text !== ""
        clear()
    }
    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.width: Theme.hairline
        border.color: Theme.line
        FocusRing { shown: field.activeFocus }
    }
}
