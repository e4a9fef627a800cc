import QtQuick
import Inceptoscope

// Around whatever has the keyboard; what is chosen is filled instead (SelectionFill).
Rectangle {
    required property bool shown
    anchors.fill: parent
    anchors.margins: -Theme.px(3)
    radius: Theme.radius + Theme.px(3)
    color: "transparent"
    border.color: Theme.focus
    border.width: Theme.px(2)
    visible: shown
}
