import QtQuick
import Inceptoscope

// The neighbour a module's data comes from or goes to.
Rectangle {
    id: root
    property string label
    property string shape
    radius: Theme.radius
    color: Theme.raised
    border.color: Theme.line
    border.width: Theme.hairline
    Row {
        anchors.centerIn: parent
        spacing: Theme.px(10)
        AppText {
            text: root.label
            color: Theme.secondary
            font.weight: Font.Medium
        }
        AppText { text: root.shape }
    }
}
