import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The neighbour a module's data comes from or goes to; its name leads there.
Rectangle {
    id: root
    property string label
    property string shape
    property var links: [] // {module, title}
    property string word // before the links: from, to
    radius: Theme.radius
    color: Theme.raised
    border.color: Theme.line
    border.width: Theme.hairline
    Row {
        anchors.centerIn: parent
        spacing: Theme.px(10)
        NeighbourLinks {
            label: root.label
            links: root.links
            word: root.word
        }
        AppText { text: root.shape }
    }
}
