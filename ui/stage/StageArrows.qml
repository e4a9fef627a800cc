import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What flows where: arrows between boxes, and ribbons from each branch to the place of its
// channels in the concatenation.
Item {
    id: root

    required property var diagram
    readonly property var stage: diagram.stage

    function color(op) {
        return diagram.joins || stage.columns > 1 ? Theme.branch(op.branch) : Theme.strongLine
    }
    function edges() {
        const list = []
        for (const op of stage.ops) {
            if (op.sources.length === 0 && diagram.hasInput) {
                for (let c = 0; c < op.columns; ++c)
                    list.push({
                        x: diagram.middle(op),
                        from: diagram.up ? diagram.inputY : diagram.inputY + diagram.barHeight,
                        to: diagram.entryY(op), color: color(op)
                    })
            }
            for (const id of op.sources) {
                const source = stage.find(id)
                const narrow = source.columns < op.columns ? source : op
                list.push({
                    x: diagram.middle(narrow), from: diagram.exitY(source),
                    to: diagram.entryY(op), color: color(narrow)
                })
            }
        }
        if (!diagram.joins && stage.output)
            list.push({
                x: diagram.middle(stage.output), from: diagram.exitY(stage.output),
                to: diagram.up ? diagram.joinHeight : diagram.joinY, color: color(stage.output)
            })
        return list
    }
    function ribbons() {
        if (!diagram.joins)
            return []
        const total = stage.output.channels
        const list = []
        for (const segment of stage.segments) {
            const op = stage.find(segment.node)
            if (!op)
                continue
            list.push({
                left: diagram.cellX(op), right: diagram.cellX(op) + diagram.cellWidth(op),
                toLeft: root.width * segment.offset / total,
                toRight: root.width * (segment.offset + segment.channels) / total,
                from: diagram.exitY(op),
                to: diagram.up ? diagram.joinHeight : diagram.joinY,
                branch: segment.branch
            })
        }
        return list
    }

    Repeater {
        model: root.edges()
        Arrow {
            required property var modelData
            x: modelData.x
            from: modelData.from
            to: modelData.to
            color: modelData.color
        }
    }
    Repeater {
        model: root.ribbons()
        Ribbon {
            required property var modelData
            anchors.fill: parent
            ends: modelData
        }
    }
}
