import QtQuick
import Inceptoscope
import Inceptoscope.Models

// One op: what it is, what it costs, and its maps. Low boxes put the text to the left; where they
// are many above each other, only what can be read from the back row.
Rectangle {
    id: root

    required property OpItem op
    property color mark: Theme.strongLine
    property bool opens: true
    readonly property bool wide: width > Theme.px(520) && width > 2.6 * height
    readonly property bool low: height < Theme.px(86)
    readonly property bool brief: low && !wide && text.implicitWidth < width * 0.58
    readonly property bool beside: wide || brief
    readonly property bool flat: wide && height < Theme.px(64)
    readonly property real pad: Theme.px(low ? 7 : 9)

    opacity: op.dimmed ? 0.25 : 1
    Behavior on opacity { NumberAnimation { duration: 180 } }
    radius: Theme.radius
    color: Theme.panel
    border.color: Theme.line
    border.width: Theme.hairline
    Accessible.role: Accessible.Grouping
    Accessible.name: op.title + ", " + op.shapeText + ", " + op.macsText + ", " + op.paramsText

    Rectangle {
        width: Theme.px(4)
        height: parent.height
        radius: Theme.px(2)
        color: root.mark
    }
    OpText {
        id: text
        op: root.op
        opens: root.opens
        tall: root.wide
        low: root.low
        brief: root.brief
        flat: root.flat
        x: root.pad + Theme.px(5)
        y: root.brief ? Math.max(Theme.px(2), (root.height - implicitHeight) / 2 - Theme.px(3)) : Theme.px(root.low ? 4 : 6)
        width: root.brief ? implicitWidth
            : root.wide ? Theme.px(root.flat ? 330 : root.low ? 250 : 206) : root.width - x - root.pad
    }
    CostLines {
        op: root.op
        x: text.x
        y: root.height - height - Theme.px(2)
        width: root.width - x - root.pad
    }
    MapWall {
        visible: !root.op.scores
        op: root.op
        opens: root.opens
        color: root.mark
        x: root.beside ? text.x + text.width + root.pad : text.x
        y: root.beside ? root.pad - Theme.px(root.brief ? 1 : 0) : text.y + text.implicitHeight + Theme.px(4)
        width: root.width - x - root.pad
        height: Math.max(1, root.height - y - root.pad)
    }
    ScoreBars {
        visible: root.op.scores
        op: root.op
        opens: root.opens
        x: root.beside ? text.x + text.width + root.pad : text.x
        y: root.beside ? root.pad - Theme.px(root.brief ? 1 : 0) : text.y + text.implicitHeight + Theme.px(4)
        width: Math.min(Theme.px(900), root.width - x - root.pad)
        height: Math.max(1, root.height - y - root.pad)
    }
}
