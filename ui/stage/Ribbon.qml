import QtQuick
import QtQuick.Shapes
import Inceptoscope

// From a branch's last box to its channels' place in the concatenation.
Shape {
    id: root
    required property var ends
    required property real seenFrom
    required property real seenTo
    readonly property real mid: (ends.from + ends.to) / 2

    visible: Math.max(ends.from, ends.to) > seenFrom && Math.min(ends.from, ends.to) < seenTo
    ShapePath {
        strokeWidth: -1
        fillColor: Theme.branchTint(root.ends.branch, Theme.dark ? 0.42 : 0.38)
        startX: root.ends.left
        startY: root.ends.from
        PathCubic {
            control1X: root.ends.left
            control1Y: root.mid
            control2X: root.ends.toLeft
            control2Y: root.mid
            x: root.ends.toLeft
            y: root.ends.to
        }
        PathLine { x: root.ends.toRight; y: root.ends.to }
        PathCubic {
            control1X: root.ends.toRight
            control1Y: root.mid
            control2X: root.ends.right
            control2Y: root.mid
            x: root.ends.right
            y: root.ends.from
        }
    }
}
