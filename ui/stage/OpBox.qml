import QtQuick
import Inceptoscope
import Inceptoscope.Models

// One op: what it is, what it costs, and its maps. Wide, low boxes put the text to the left.
Rectangle {
    id: root

    required property OpItem op
    property color mark: Theme.strongLine
    property bool opens: true
    readonly property bool wide: width > Theme.px(520) && width > 2.6 * height
    readonly property bool low: height < Theme.px(86)
    readonly property real pad: Theme.px(low ? 7 : 9)

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
        tall: root.wide
        low: root.low
        x: root.pad + Theme.px(5)
        y: Theme.px(root.low ? 4 : 6)
        width: root.wide ? Theme.px(root.low ? 250 : 206) : root.width - x - root.pad
    }
    CostLines {
        op: root.op
        x: text.x
        y: root.height - height - Theme.px(2)
        width: root.width - x - root.pad
    }
    MapWall {
        op: root.op
        opens: root.opens
        color: root.mark
        x: root.wide ? text.x + text.width + root.pad : text.x
        y: root.wide ? root.pad : text.y + text.implicitHeight + Theme.px(4)
        width: root.width - x - root.pad
        height: Math.max(1, root.height - y - root.pad)
    }
}
