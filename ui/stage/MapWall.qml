import QtQuick
import Inceptoscope
import Inceptoscope.Models

// An op's maps as a wall. Click one to see it up close; with the keyboard, arrows choose.
FocusScope {
    id: root

    required property OpItem op
    property int firstChannel: 0
    property int channelCount: 0
    property color color: Theme.accent
    property bool opens: true // up close
    property int cursor: -1
    readonly property int marked: hover.hovered ? wall.channelAt(hover.point.position.x, hover.point.position.y)
        : activeFocus ? cursor : -1
    readonly property int last: firstChannel + wall.shown - 1

    activeFocusOnTab: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Feature maps of %1").arg(op.name)
    Accessible.description: opens ? qsTr("Arrow keys choose a channel, Enter opens it") : qsTr("Arrow keys choose a channel")

    function open(channel) {
        if (opens)
            App.openChannel(op.node, channel)
    }
    function move(by) {
        cursor = Math.max(firstChannel, Math.min(last, (cursor < 0 ? firstChannel : cursor) + by))
    }
    onActiveFocusChanged: if (activeFocus && cursor < 0) cursor = firstChannel
    onOpChanged: cursor = -1
    Keys.onLeftPressed: move(-1)
    Keys.onRightPressed: move(1)
    Keys.onUpPressed: move(-wall.columns)
    Keys.onDownPressed: move(wall.columns)
    Keys.onReturnPressed: open(Math.max(firstChannel, cursor))
    Keys.onEnterPressed: open(Math.max(firstChannel, cursor))

    onMarkedChanged: if (marked < 0) tip.visible = false
    // By a timer, not a binding: a wall on its way out may get the focus once more, and a tip
    // without a window is an error.
    Timer {
        interval: 250
        running: root.marked >= 0
        onTriggered: tip.visible = true
    }
    WallItem {
        id: wall
        anchors.fill: parent
        op: root.op
        firstChannel: root.firstChannel
        channelCount: root.channelCount
        gap: Theme.px(2)
        emptyColor: Theme.emptyTile
    }
    Rectangle {
        readonly property rect tile: root.marked >= 0 && wall.shown > 0 ? wall.tileRect(root.marked) : Qt.rect(0, 0, 0, 0)
        visible: root.marked >= 0
        x: tile.x - border.width
        y: tile.y - border.width
        width: tile.width + 2 * border.width
        height: tile.height + 2 * border.width
        color: "transparent"
        border.width: Theme.px(2)
        border.color: Theme.text
        radius: Theme.px(1)
        Tip {
            id: tip
            // Also what comes while it is up: its maps, once the module has run.
            text: root.op.revision >= 0 && root.marked >= 0 ? root.op.channelSummary(root.marked) : ""
            delay: 0
        }
    }
    FocusRing { shown: root.activeFocus }
    HoverHandler {
        id: hover
        cursorShape: root.opens && root.marked >= 0 ? Qt.PointingHandCursor : Qt.ArrowCursor
    }
    // Not a TapHandler: it would take clicks that close a menu over it, too (Qt 6.4).
    MouseArea {
        anchors.fill: parent
        onClicked: mouse => {
            const channel = wall.channelAt(mouse.x, mouse.y)
            if (channel >= 0)
                root.open(channel)
        }
    }
}
