import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What flows where: arrows between boxes, and ribbons from each branch to the place of its
// channels in the concatenation.
Item {
    id: root

    required property var diagram
    readonly property var stage: diagram.stage

    function edges() {
        const list = []
        for (const op of stage.ops) {
            if (op.sources.length === 0 && diagram.hasInput)
                list.push({
                    x: diagram.middle(op),
                    from: diagram.up ? diagram.inputY : diagram.inputY + diagram.barHeight,
                    to: diagram.entryY(op), color: diagram.color(op)
                })
            // What enters a concatenation is a ribbon.
            for (const id of op.bar ? [] : op.sources) {
                const source = stage.find(id)
                const narrow = diagram.cellWidth(source) < diagram.cellWidth(op) ? source : op
                list.push({
                    x: diagram.middle(narrow), from: diagram.exitY(source),
                    to: diagram.entryY(op), color: diagram.color(narrow)
                })
            }
        }
        if (!diagram.joins && stage.output)
            list.push({
                x: diagram.middle(stage.output), from: diagram.exitY(stage.output),
                to: diagram.up ? diagram.joinHeight : diagram.joinY, color: diagram.color(stage.output)
            })
        return list
    }
    function ribbons() {
        const join = stage.join
        if (!join)
            return []
        const width = diagram.joins ? root.width : diagram.cellWidth(join)
        const list = []
        for (const segment of stage.segments) {
            const op = stage.find(segment.node)
            if (!op)
                continue
            list.push({
                left: diagram.cellX(op), right: diagram.cellX(op) + diagram.cellWidth(op),
                toLeft: width * segment.offset / join.channels,
                toRight: width * (segment.offset + segment.channels) / join.channels,
                from: diagram.exitY(op),
                to: !diagram.joins ? diagram.entryY(join)
                    : diagram.up ? diagram.joinHeight : diagram.joinY,
                branch: segment.branch
            })
        }
        return list
    }

    Repeater {
        model: root.ribbons()
        Ribbon {
            required property var modelData
            anchors.fill: parent
            ends: modelData
            seenFrom: root.diagram.seenFrom
            seenTo: root.diagram.seenTo
        }
    }
    Repeater {
        model: root.edges()
        Arrow {
            required property var modelData
            x: modelData.x
            from: modelData.from
            to: modelData.to
            color: modelData.color
            seenFrom: root.diagram.seenFrom
            seenTo: root.diagram.seenTo
        }
    }
}
