import QtQuick
import Inceptoscope
import Inceptoscope.Models

// A module whose boxes move, split and join when another takes its place: a box is known by its
// branch and its step, and one that is new comes out of the one before it. Counts run along.
Item {
    id: root

    required property var side
    readonly property var stage: side.stage
    readonly property int duration: 600
    readonly property bool up: !App.settings.flowDown
    readonly property real gap: Theme.px(12)
    readonly property real bar: Theme.px(34)
    readonly property real laneWidth: stage.shortcut ? Theme.px(72) : 0
    readonly property real boxWidth: (width - laneWidth - (stage.columns - 1) * gap) / stage.columns
    readonly property real levelHeight: (height - 2 * (bar + gap) - (stage.levels - 1) * gap) / stage.levels
    readonly property int mostColumns: 8
    readonly property int mostLevels: 8

    implicitHeight: Theme.px(380)
    Accessible.role: Accessible.Graphic
    Accessible.name: side.title

    // The op of a column that covers a level; none where the branch has fewer.
    function opAt(column, level) {
        return stage.ops.find(op => op.column === column && op.level === level) || null
    }
    function before(column, level) {
        for (let at = level - 1; at >= 0; --at)
            if (opAt(column, at))
                return opAt(column, at)
        const there = Math.min(column, stage.columns - 1)
        return stage.ops.find(op => op.column === there) || stage.ops[0]
    }
    function boxX(op) { return laneWidth + op.column * (boxWidth + gap) }
    function boxY(op) {
        const from = bar + gap + op.level * (levelHeight + gap)
        const size = boxHeight(op)
        return up ? height - from - size : from
    }
    function boxWidthOf(op) { return op.columns * boxWidth + (op.columns - 1) * gap }
    function boxHeight(op) { return op.levels * levelHeight + (op.levels - 1) * gap }

    component End: Rectangle {
        property alias text: words.text
        x: root.laneWidth
        width: parent.width - x
        height: root.bar
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.line
        border.width: Theme.hairline
        AppText {
            id: words
            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width - Theme.px(8))
            elide: Text.ElideRight
        }
    }
    End {
        y: root.up ? root.height - height : 0
        text: qsTr("input  %1").arg(root.stage.inputShape)
    }
    End {
        y: root.up ? 0 : root.height - height
        text: (root.stage.shortcut ? qsTr("sum  %1") : root.stage.joins ? qsTr("concatenation  %1") : qsTr("output  %1")).arg(root.stage.outputShape)
    }
    // The shortcut of a residual block.
    Rectangle {
        x: 0
        width: Theme.px(60)
        y: root.bar / 2
        height: root.height - root.bar
        radius: Theme.radius
        color: "transparent"
        border.color: Theme.strongLine
        border.width: Theme.px(2)
        opacity: root.stage.shortcut ? 1 : 0
        visible: opacity > 0
        Behavior on opacity { NumberAnimation { duration: root.duration } }
        AppText {
            anchors.centerIn: parent
            rotation: -90
            text: qsTr("shortcut")
            color: Theme.secondary
        }
    }
    Repeater {
        model: root.mostColumns * root.mostLevels
        Rectangle {
            id: box
            required property int index
            readonly property int column: Math.floor(index / root.mostLevels)
            readonly property int level: index % root.mostLevels
            readonly property var op: root.stage.ops.length ? root.opAt(column, level) : null
            readonly property var at: op || (root.stage.ops.length ? root.before(column, level) : null)
            x: at ? root.boxX(at) : 0
            y: at ? root.boxY(at) : 0
            width: at ? root.boxWidthOf(at) : 0
            height: at ? root.boxHeight(at) : 0
            opacity: op ? 1 : 0
            visible: opacity > 0
            z: op ? 1 : 0
            radius: Theme.radius
            color: Theme.panel
            border.color: Theme.branch(column)
            border.width: Theme.px(2)
            Accessible.role: Accessible.StaticText
            Accessible.name: op ? op.title : ""
            Behavior on x { NumberAnimation { duration: root.duration; easing.type: Easing.InOutQuad } }
            Behavior on y { NumberAnimation { duration: root.duration; easing.type: Easing.InOutQuad } }
            Behavior on width { NumberAnimation { duration: root.duration; easing.type: Easing.InOutQuad } }
            Behavior on height { NumberAnimation { duration: root.duration; easing.type: Easing.InOutQuad } }
            Behavior on opacity { NumberAnimation { duration: root.duration } }
            AppText {
                anchors.centerIn: parent
                width: parent.width - Theme.px(8)
                horizontalAlignment: Text.AlignHCenter
                // While it goes it still says what it was.
                property string last
                readonly property string now: box.op ? box.op.title : ""
                onNowChanged: if (now) last = now
                Component.onCompleted: last = now
                text: last
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.px(8)
                font.pixelSize: Theme.large
                font.weight: Font.DemiBold
            }
        }
    }
}
