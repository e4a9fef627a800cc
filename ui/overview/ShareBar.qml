import QtQuick
import Inceptoscope

// How much of the work something is, next to others of its kind.
Rectangle {
    id: root
    required property real share
    property bool strong: false
    height: Theme.px(4)
    radius: height / 2
    color: Theme.line
    Rectangle {
        width: root.share > 0 ? Math.max(parent.height, parent.width * Math.min(1, root.share)) : 0
        height: parent.height
        radius: parent.radius
        color: root.strong ? Theme.accent : Theme.bar
    }
}
