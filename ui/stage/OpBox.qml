import QtQuick
import Inceptoscope
import Inceptoscope.Models

// One op: what it is, what it costs, and its maps. Wide, low boxes put the text to the left.
Rectangle {
    id: root

    required property OpItem op
    property color color: Theme.strongLine
    readonly property bool wide: width > Theme.px(560) && width > 2.6 * height
    readonly property real pad: Theme.px(9)

    radius: Theme.radius
    border.color: Theme.line
    border.width: Theme.hairline
    Accessible.role: Accessible.Grouping
    Accessible.name: op.title + ", " + op.shapeText + ", " + op.macsText + ", " + op.paramsText

    gradient: Gradient {
        GradientStop { position: 0; color: Theme.panel }
        GradientStop { position: 1; color: Theme.panel }
    }

    Rectangle {
        width: Theme.px(4)
        height: parent.height
        radius: Theme.px(2)
        color: root.color
    }
    OpText {
        id: text
        op: root.op
        tall: root.wide
        x: root.pad + Theme.px(5)
        y: Theme.px(6)
        width: root.wide ? Theme.px(206) : root.width - x - root.pad
    }
    MapWall {
        op: root.op
        color: root.color
        x: root.wide ? text.x + text.width + root.pad : text.x
        y: root.wide ? root.pad : text.y + text.implicitHeight + Theme.px(5)
        width: root.width - x - root.pad
        height: root.height - y - root.pad
    }
}
