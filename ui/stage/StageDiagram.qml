import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The module as the papers draw it: a column a branch, joined by the concatenation; in a
// residual block the shortcut beside them. Places the boxes; everything else draws itself.
Item {
    id: root

    property var stage: App.stage
    property bool opens: true // a click on a map shows it up close
    // The part in sight, where it scrolls: Qt's software painter draws shapes outside of it, too.
    property real seenFrom: 0
    property real seenTo: height
    readonly property bool up: !App.settings.flowDown
    readonly property bool joins: stage.joins
    readonly property bool hasInput: stage.inputText !== ""
    readonly property bool barred: stage.barLevel >= 0
    readonly property int rows: stage.levels - (barred ? 1 : 0)

    readonly property real barHeight: Theme.px(28)
    readonly property real lane: stage.shortcut ? Theme.px(96) : 0
    readonly property real columnGap: Theme.px(stage.columns > 4 ? 10 : 14)
    // Modules of many steps stand closer, so that they are seen whole.
    readonly property real levelGap: Theme.px(rows > 3 ? 14 : 22)
    readonly property real joinGap: joins ? Theme.px(rows > 3 ? 22 : 34) : levelGap
    readonly property real thinHeight: Theme.px(48)
    readonly property real minimumLevel: Theme.px(stage.columns === 1 ? 72
        : columnWidth < Theme.px(120) ? 104 : columnWidth < Theme.px(215) ? 74 : 50)
    readonly property real inputSpace: hasInput ? barHeight + levelGap : 0
    readonly property real free: height - inputSpace - joinGap
    readonly property real smallestJoin: joins ? Theme.px(rows > 3 ? 76 : 86) : barHeight
    readonly property real joinHeight: joins ? Math.max(smallestJoin, free * (rows > 3 ? 0.21 : 0.24)) : barHeight
    readonly property real gridHeight: free - joinHeight
    readonly property real fixedHeight: (stage.levels - 1) * levelGap + (barred ? thinHeight : 0)
    readonly property real levelHeight: (gridHeight - fixedHeight) / rows
    readonly property real columnWidth: (width - (lane > 0 ? lane + columnGap : 0)
        - (stage.columns - 1) * columnGap) / stage.columns
    readonly property real neededHeight: inputSpace + joinGap + rows * minimumLevel + fixedHeight + smallestJoin

    readonly property real gridTop: up ? joinHeight + joinGap : inputSpace
    readonly property real inputY: up ? height - barHeight : 0
    readonly property real joinY: up ? 0 : height - joinHeight

    // How far a level's start is from the first level's, along the flow.
    function reach(level) {
        return level * (levelHeight + levelGap)
            - (barred && level > stage.barLevel ? levelHeight - thinHeight : 0)
    }
    function cellX(op) { return op.column * (columnWidth + columnGap) }
    function cellWidth(op) {
        return op.columns * columnWidth + (op.columns - 1) * columnGap
            + (op.shortcut ? columnGap + lane : 0)
    }
    function cellHeight(op) { return reach(op.level + op.levels) - reach(op.level) - levelGap }
    function cellY(op) {
        return up ? gridTop + gridHeight - reach(op.level) - cellHeight(op) : gridTop + reach(op.level)
    }
    // Where data enters and leaves a cell.
    function entryY(op) { return up ? cellY(op) + cellHeight(op) : cellY(op) }
    function exitY(op) { return up ? cellY(op) : cellY(op) + cellHeight(op) }
    function middle(op) { return cellX(op) + cellWidth(op) / 2 }
    function color(op) {
        return stage.columns > 1 && !op.shared ? Theme.branch(op.branch) : Theme.strongLine
    }

    StageArrows {
        anchors.fill: parent
        diagram: root
    }
    FlowBar {
        visible: root.hasInput
        y: root.inputY
        width: root.width
        height: root.barHeight
        label: root.stage.inputText
        links: root.opens ? root.stage.sources : []
        word: qsTr("from")
        shape: root.stage.inputShape
    }
    Repeater {
        model: root.stage.ops
        OpBox {
            required property OpItem modelData
            op: modelData
            opens: root.opens
            visible: !modelData.bar
            x: root.cellX(modelData)
            y: root.cellY(modelData)
            width: root.cellWidth(modelData)
            height: root.cellHeight(modelData)
            mark: root.color(modelData)
        }
    }
    ConcatBox {
        readonly property bool atEnd: root.joins
        readonly property OpItem join: root.stage.join
        visible: join !== null
        stage: root.stage
        opens: root.opens
        maps: atEnd
        y: atEnd ? root.joinY : join ? root.cellY(join) : 0
        width: atEnd || !join ? root.width : root.cellWidth(join)
        height: atEnd ? root.joinHeight : root.thinHeight
        up: root.up
    }
    FlowBar {
        visible: !root.joins
        y: root.joinY
        width: root.width
        height: root.barHeight
        label: root.stage.outputText
        links: root.opens ? root.stage.targets : []
        word: qsTr("to")
        shape: root.stage.outputShape
    }
    SkipLane {
        readonly property OpItem sum: root.stage.output
        visible: root.stage.shortcut
        x: root.width - width
        seenFrom: root.seenFrom
        seenTo: root.seenTo
        width: root.lane
        height: root.height
        from: root.up ? root.inputY : root.inputY + root.barHeight
        to: root.stage.shortcut && sum ? root.entryY(sum) : from
    }
}
