import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Name, shape, cost and time of an op; one fact a line where there is room below.
Item {
    id: root

    required property OpItem op
    property bool tall: false
    readonly property string cost: [op.macsText, op.paramsText, op.macsText || op.paramsText ? "" : op.detail].filter(s => s).join(" · ")

    // Room is kept for a usual time, so that nothing moves when it arrives.
    readonly property bool tight: op.paramsText !== ""
        && metrics.advanceWidth + Math.max(Theme.px(42), time.implicitWidth) + Theme.px(4) > width

    readonly property bool crowded: name.implicitWidth + shape.implicitWidth + Theme.px(8) > width

    TextMetrics {
        id: metrics
        font.family: Theme.family
        font.pixelSize: Theme.tiny
        text: root.cost
    }

    implicitHeight: tall ? column.implicitHeight : lines.implicitHeight

    Column {
        id: lines
        visible: !root.tall
        width: parent.width
        spacing: Theme.px(1)
        Item {
            width: parent.width
            height: name.implicitHeight
            AppText {
                id: name
                text: root.op.title
                font.pixelSize: Theme.px(15)
                font.weight: Font.DemiBold
            }
            AppText {
                anchors.left: name.right
                anchors.leftMargin: Theme.px(6)
                anchors.baseline: name.baseline
                visible: root.op.detail !== "" && root.cost !== root.op.detail
                    && implicitWidth + Theme.px(12) < shape.x - x
                text: root.op.detail
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
            font.pixelSize: Theme.small
            font.weight: Font.Medium
        }
        Item {
            width: parent.width
            height: cost.implicitHeight
            AppText {
                id: cost
                text: root.tight ? root.op.macsText : root.cost
                color: Theme.secondary
                font.pixelSize: Theme.tiny
            }
            AppText {
                id: time
                anchors.right: parent.right
                text: root.op.timeText
                font.pixelSize: Theme.tiny
                font.weight: Font.DemiBold
            }
        }
        AppText {
            visible: root.tight
            text: root.op.paramsText
            color: Theme.secondary
            font.pixelSize: Theme.tiny
        }
    }
    Column {
        id: column
        visible: root.tall
        width: parent.width
        spacing: Theme.px(2)
        AppText {
            text: root.op.title
            font.pixelSize: Theme.px(17)
            font.weight: Font.DemiBold
        }
        Repeater {
            model: [
                root.op.shapeText + (root.op.detail ? " · " + root.op.detail : ""),
                [root.op.macsText, root.op.paramsText].filter(s => s).join(" · "),
                root.op.timeText
            ]
            AppText {
                required property string modelData
                visible: modelData !== ""
                text: modelData
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
        }
    }
}
