import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

// One line to type, a file's name or a path.
TextField {
    id: field

    property string name

    implicitHeight: Theme.px(32)
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(10)
    color: Theme.text
    placeholderTextColor: Theme.secondary
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    font.family: Theme.family
    font.pixelSize: Theme.body
    selectByMouse: true
    Accessible.role: Accessible.EditableText
    Accessible.name: name
    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.width: Theme.hairline
        border.color: Theme.strongLine
        FocusRing { shown: field.activeFocus }
    }
}
