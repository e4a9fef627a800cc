import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Name, shape, cost and time of an op; one fact a line where there is room below, only the most
// important where the box is low. Everything, with a sentence, is in the tip.
Item {
    id: root

    required property OpItem op
    property bool tall: false
    property bool low: false
    property bool brief: false
    property bool flat: false // tall, with height for one line below the title
    readonly property string shapeAndDetail: [op.shapeText, op.note || op.detail].filter(s => s).join(" · ")
    property bool opens: true
    readonly property string shares: op.macsShare <= 0 && op.timeShare <= 0 ? ""
        : op.timeText ? qsTr("Lines below: %1 % of the module's MACs, %2 % of its time").arg(Math.round(op.macsShare * 100)).arg(Math.round(op.timeShare * 100))
        : qsTr("Line below: %1 % of the module's MACs").arg(Math.round(op.macsShare * 100))
    readonly property string cost: [op.macsText, op.paramsText, op.macsText || op.paramsText ? "" : op.detail].filter(s => s).join(" · ")

    // Room is kept for a usual time, so that nothing moves when it arrives.
    readonly property bool tight: cost !== ""
        && metrics.advanceWidth + Math.max(Theme.px(42), time.implicitWidth) + Theme.px(4) > width

    // Not even that beside the time: then this has a line of its own.
    readonly property bool tightest: tight && (op.paramsText === "" || macs.advanceWidth + time.implicitWidth + Theme.px(4) > width)

    readonly property bool crowded: name.implicitWidth + shape.implicitWidth + Theme.px(8) > width

    TextMetrics {
        id: metrics
        font.family: Theme.family
        font.pixelSize: Theme.tiny
        text: root.cost
    }
    TextMetrics {
        id: macs
        font: metrics.font
        text: root.op.macsText
    }

    implicitHeight: brief ? few.implicitHeight : tall ? column.implicitHeight : lines.implicitHeight
    implicitWidth: Math.ceil(Math.max(fewTitle.implicitWidth, fewShape.implicitWidth))

    HoverHandler {
        id: hover
        cursorShape: root.opens ? Qt.PointingHandCursor : Qt.ArrowCursor
    }
    // All of it, not only the title, which the keyboard reaches.
    TapHandler {
        enabled: root.opens
        onTapped: App.stage.openOp(root.op.node)
    }
    HoverTip {
        when: hover.hovered
        text: [root.op.name, root.op.sentence,
            [root.op.shapeText, root.op.detail, root.op.note].filter(s => s).join(" · "),
            [root.op.macsText, root.op.paramsText, root.op.timeText].filter(s => s).join(" · "), root.shares].filter(s => s).join("\n")
    }

    Column {
        id: few
        visible: root.brief
        OpTitle {
            id: fewTitle
            op: root.op
            opens: root.opens
            font.pixelSize: Theme.px(18)
        }
        AppText {
            id: fewShape
            text: root.op.shapeText
            font.pixelSize: Theme.px(13)
            font.weight: Font.Medium
        }
    }
    Column {
        id: lines
        visible: !root.tall && !root.brief
        width: parent.width
        spacing: Theme.px(1)
        Item {
            width: parent.width
            height: name.implicitHeight
            OpTitle {
                id: name
                op: root.op
                opens: root.opens
                width: Math.min(implicitWidth, root.width)
                fits: true
                font.pixelSize: Theme.px(root.width < Theme.px(105) ? 12 : 15)
            }
            AppText {
                anchors.left: name.right
                anchors.leftMargin: Theme.px(6)
                anchors.baseline: name.baseline
                // In a low box, the cost where there is room for it.
                readonly property string said: root.low && root.op.note ? root.op.note : root.low ? root.op.macsText || root.op.detail : root.op.detail
                visible: said !== "" && (root.low || root.cost !== root.op.detail)
                    && implicitWidth + Theme.px(12) < (root.crowded ? root.width : shape.x) - x
                text: said
                color: Theme.secondary
                font.pixelSize: Theme.tiny
            }
            AppText {
                id: shape
                visible: !root.crowded
                anchors.right: parent.right
                anchors.baseline: name.baseline
                text: root.op.shapeText
                font.pixelSize: Theme.small
                font.weight: Font.Medium
            }
        }
        AppText {
            visible: root.crowded
            text: root.op.shapeText
            font.pixelSize: root.width < Theme.px(85) ? Theme.tiny : Theme.small
            font.weight: Font.Medium
        }
        Item {
            visible: !root.low
            width: parent.width
            height: cost.implicitHeight
            AppText {
                id: cost
                readonly property bool alone: root.tight && root.op.paramsText === ""
                width: alone ? root.width : implicitWidth
                wrapMode: alone ? Text.Wrap : Text.NoWrap
                text: root.tight && !alone ? root.op.macsText : root.cost
                color: Theme.secondary
                font.pixelSize: Theme.tiny
            }
            AppText {
                id: time
                visible: !root.tightest
                // Below the shape, wherever this is, where no cost stands beside it.
                x: root.crowded && cost.text === "" ? 0 : parent.width - width
                text: root.op.timeText
                font.pixelSize: Theme.tiny
                font.weight: Font.DemiBold
            }
        }
        AppText {
            visible: root.tight && !root.low && text !== ""
            text: root.op.paramsText
            color: Theme.secondary
            font.pixelSize: Theme.tiny
        }
        AppText {
            visible: root.op.note !== "" && !root.low && !root.tightest
            text: root.op.note
            font.pixelSize: Theme.tiny
            font.weight: Font.DemiBold
        }
        AppText {
            visible: root.tightest && !root.low && text !== ""
            text: root.op.timeText
            font.pixelSize: Theme.tiny
            font.weight: Font.DemiBold
        }
    }
    Column {
        id: column
        visible: root.tall && !root.brief
        width: parent.width
        spacing: Theme.px(root.low ? 0 : 2)
        Row {
            width: parent.width
            spacing: Theme.px(8)
            OpTitle {
                id: tallTitle
                op: root.op
                opens: root.opens
                font.pixelSize: Theme.px(root.low ? 15 : 17)
            }
            AppText {
                visible: root.flat
                anchors.baseline: tallTitle.baseline
                width: Math.min(implicitWidth, root.width - tallTitle.width - parent.spacing)
                elide: Text.ElideRight
                text: root.shapeAndDetail
                color: Theme.secondary
                font.pixelSize: Theme.tiny
            }
        }
        Repeater {
            model: {
                const shape = root.flat ? "" : root.shapeAndDetail
                const cost = [root.op.macsText, root.op.paramsText].filter(s => s).join(" · ")
                return root.low ? [shape, [cost, root.op.timeText].filter(s => s).join(" · ")]
                    : [shape, cost, root.op.timeText]
            }
            AppText {
                required property string modelData
                visible: modelData !== ""
                text: modelData
                color: Theme.secondary
                font.pixelSize: root.low ? Theme.tiny : Theme.small
            }
        }
    }
}
