import QtQuick
import Inceptoscope
import Inceptoscope.Models

// An op's share of its module as two thin lines: MACs above, time below, in the colours that the
// Costs view has for them.
Item {
    id: root

    required property OpItem op
    readonly property real thick: Math.max(2, Theme.px(2))

    height: 2 * thick + Theme.px(1)
    Accessible.ignored: true

    Rectangle {
        visible: root.op.macsShare > 0
        width: Math.max(root.thick, parent.width * root.op.macsShare)
        height: root.thick
        color: Theme.branch(1)
    }
    Rectangle {
        visible: root.op.timeShare > 0
        y: root.thick + Theme.px(1)
        width: Math.max(root.thick, parent.width * Math.min(1, root.op.timeShare))
        height: root.thick
        color: Theme.branch(0)
    }
}
