import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The module as the papers draw it: a column a branch, joined by the concatenation. Places
// the boxes; everything else draws itself.
Item {
    id: root

    readonly property var stage: App.stage
    readonly property bool up: !App.settings.flowDown
    readonly property bool joins: stage.joins
    readonly property bool hasInput: stage.inputText !== ""

    readonly property real barHeight: Theme.px(28)
    readonly property real columnGap: Theme.px(14)
    readonly property real levelGap: Theme.px(22)
    readonly property real joinGap: joins ? Theme.px(34) : levelGap
    // Narrow boxes break their text into more lines.
    readonly property real minimumLevel: Theme.px(stage.columns > 1 && columnWidth < Theme.px(215) ? 150
        : stage.columns > 1 ? 92 : stage.levels > 3 ? 72 : stage.levels > 2 ? 92 : 120)
    readonly property real inputSpace: hasInput ? barHeight + levelGap : 0
    readonly property real free: height - inputSpace - joinGap
    readonly property real joinHeight: joins ? Math.max(Theme.px(86), free * 0.24) : barHeight
    readonly property real gridHeight: free - joinHeight
    readonly property real levelHeight: (gridHeight - (stage.levels - 1) * levelGap) / stage.levels
    readonly property real columnWidth: (width - (stage.columns - 1) * columnGap) / stage.columns
    readonly property real neededHeight: inputSpace + joinGap
        + stage.levels * minimumLevel + (stage.levels - 1) * levelGap + (joins ? Theme.px(86) : barHeight)

    readonly property real gridTop: up ? joinHeight + joinGap : inputSpace
    readonly property real inputY: up ? height - barHeight : 0
    readonly property real joinY: up ? 0 : height - joinHeight

    function cellX(op) { return op.column * (columnWidth + columnGap) }
    function cellWidth(op) { return op.columns * columnWidth + (op.columns - 1) * columnGap }
    function cellHeight(op) { return op.levels * levelHeight + (op.levels - 1) * levelGap }
    function cellY(op) {
        const row = up ? stage.levels - op.level - op.levels : op.level
        return gridTop + row * (levelHeight + levelGap)
    }
    // Where data enters and leaves a cell.
    function entryY(op) { return up ? cellY(op) + cellHeight(op) : cellY(op) }
    function exitY(op) { return up ? cellY(op) : cellY(op) + cellHeight(op) }
    function middle(op) { return cellX(op) + cellWidth(op) / 2 }

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
        shape: root.stage.inputShape
    }
    Repeater {
        model: root.stage.ops
        OpBox {
            required property OpItem modelData
            op: modelData
            x: root.cellX(modelData)
            y: root.cellY(modelData)
            width: root.cellWidth(modelData)
            height: root.cellHeight(modelData)
            color: root.joins || root.stage.columns > 1 ? Theme.branch(modelData.branch) : Theme.strongLine
        }
    }
    ConcatBox {
        visible: root.joins
        y: root.joinY
        width: root.width
        height: root.joinHeight
        up: root.up
    }
    FlowBar {
        visible: !root.joins
        y: root.joinY
        width: root.width
        height: root.barHeight
        label: root.stage.outputText
        shape: root.stage.outputShape
    }
}
