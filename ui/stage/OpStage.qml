import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// All maps of one op, or all its values, as large as the window allows.
FocusScope {
    id: root

    // The last one stays while it goes out of sight.
    property OpItem op: null
    readonly property OpItem opened: App.stage.opened
    onOpenedChanged: {
        if (opened) {
            op = opened
            if (visible)
                takeFocus()
        }
    }
    Connections {
        target: App.stage
        // With its module, an op goes away.
        function onModuleChanged() { root.op = null }
    }

    Accessible.role: Accessible.Pane
    Accessible.name: op ? qsTr("All of %1").arg(op.name) : ""

    function figure() {
        return !op.hasPicture ? null : { title: qsTr("Save the figure"), name: App.network + " " + op.name, kind: "pictures",
            formats: ["png", "svg", "pdf"], size: App.figure.opSize(op), content: (format, scale) => App.figure.opContent(op, format, scale) }
    }
    function copy() {
        if (op.scores)
            App.saver.copyText(op.table("\t"))
        else
            App.saver.copyImage(App.saver.pictureOf(body))
    }
    function values() {
        return { title: qsTr("Save what is known of each channel"), name: App.network + " " + op.name, kind: "documents",
            formats: ["csv"], content: () => App.saver.textContent(op.table(",")) }
    }
    function takeFocus() {
        if (op)
            (op.scores ? list : wall).forceActiveFocus()
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    RowLayout {
        id: header
        x: Theme.px(16)
        width: parent.width - x - Theme.margin
        height: Theme.px(50)
        spacing: Theme.px(12)
        Rectangle {
            Layout.preferredWidth: Theme.px(5)
            Layout.preferredHeight: Theme.px(26)
            radius: Theme.px(2)
            color: root.op && App.stage.columns > 1 && !root.op.shared && root.op !== App.stage.join
                ? Theme.branch(root.op.branch) : Theme.strongLine
        }
        AppText {
            text: root.op ? root.op.title : ""
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        AppText {
            Layout.fillWidth: true
            Layout.minimumWidth: 0
            text: root.op ? [root.op.shapeText, root.op.detail, root.op.note, root.op.macsText, root.op.timeText,
                qsTr("%1 in %2").arg(root.op.name).arg(App.stage.title)].filter(s => s).join("  ·  ") : ""
            elide: Text.ElideRight
            color: Theme.secondary
        }
        AppButton {
            glyph: "close"
            text: root.width < Theme.px(720) ? "" : qsTr("Back to module")
            tip: qsTr("Back to module (Esc)")
            onClicked: App.stage.closeOp()
        }
    }
    Item {
        id: body
        x: Theme.px(16)
        y: header.height + Theme.px(4)
        width: parent.width - 2 * x
        height: parent.height - y - Theme.px(10)
    }
    MapWall {
        id: wall
        visible: root.op !== null && !root.op.scores
        op: root.op ? root.op : App.stage.ops[0]
        anchors.fill: body
    }
    ListView {
        id: list
        visible: root.op !== null && root.op.scores
        x: body.x
        y: body.y
        width: Math.min(body.width, Theme.px(1000))
        height: body.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        keyNavigationEnabled: false
        model: visible ? root.op.channels : 0
        ScrollBar.vertical: ScrollBar { policy: ScrollBar.AsNeeded }
        Accessible.role: Accessible.List
        Accessible.name: root.op ? qsTr("Values of %1, highest first").arg(root.op.name) : ""
        Keys.onPressed: event => {
            const steps = { [Qt.Key_Up]: -Theme.px(24), [Qt.Key_Down]: Theme.px(24), [Qt.Key_PageUp]: -height,
                [Qt.Key_PageDown]: height, [Qt.Key_Home]: -contentHeight, [Qt.Key_End]: contentHeight }
            if (!(event.key in steps))
                return
            contentY = Math.max(0, Math.min(contentHeight - height, contentY + steps[event.key]))
            event.accepted = true
        }
        delegate: ScoreRow {
            required property int index
            op: root.op
            rank: index
            width: list.width - Theme.px(16)
        }
        FocusRing { shown: list.activeFocus }
    }
}
