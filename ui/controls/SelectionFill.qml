import QtQuick
import Inceptoscope

// Behind what is chosen of several: filled, with a bar at one edge. What has the keyboard has a ring
// (FocusRing), so that the two are never taken for each other.
Rectangle {
    required property bool selected
    property bool hovered: false
    property bool barBelow: false // beside it otherwise

    color: selected ? Theme.selection : hovered ? Theme.hover : "transparent"
    Rectangle {
        visible: parent.selected
        y: parent.barBelow ? parent.height - height : 0
        width: parent.barBelow ? parent.width : Theme.px(3)
        height: parent.barBelow ? Theme.px(3) : parent.height
        radius: Math.min(parent.radius, Theme.px(1.5))
        color: Theme.accent
    }
}
