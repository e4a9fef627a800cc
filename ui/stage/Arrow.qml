import QtQuick
import QtQuick.Shapes
import Inceptoscope

// A vertical arrow at x, from one height to another.
Item {
    id: root
    required property real from
    required property real to
    property color color
    property real thickness: Theme.px(2)
    property real head: Math.min(Theme.px(7), Math.abs(to - from))
    required property real seenFrom
    required property real seenTo
    readonly property real dir: to > from ? 1 : -1

    Rectangle {
        x: -width / 2
        width: root.thickness
        y: Math.min(root.from, root.to - root.dir * root.head)
        height: Math.max(0, Math.abs(root.to - root.from) - root.head)
        color: root.color
    }
    Shape {
        readonly property real start: root.to - root.dir * root.head
        visible: Math.max(start, root.to) > root.seenFrom && Math.min(start, root.to) < root.seenTo
        ShapePath {
            strokeWidth: -1
            fillColor: root.color
            startX: -root.head * 0.7
            startY: root.to - root.dir * root.head
            PathLine { x: root.head * 0.7; y: root.to - root.dir * root.head }
            PathLine { x: 0; y: root.to }
        }
    }
}
