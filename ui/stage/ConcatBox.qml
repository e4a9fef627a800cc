import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The module's output: the branches' channels side by side, each part as wide as its share.
Rectangle {
    id: root

    property bool up: true
    readonly property OpItem op: App.stage.output
    readonly property int total: op ? op.channels : 1
    readonly property real stripe: Theme.px(20)

    radius: Theme.radius
    color: Theme.panel
    border.color: Theme.line
    border.width: Theme.hairline

    AppText {
        id: title
        x: Theme.px(10)
        y: root.up ? Theme.px(5) : root.height - height - Theme.px(5)
        text: qsTr("Filter concatenation")
        font.pixelSize: Theme.px(15)
        font.weight: Font.DemiBold
    }
    AppText {
        anchors.left: title.right
        anchors.leftMargin: Theme.px(12)
        anchors.baseline: title.baseline
        text: App.stage.outputShape
        font.weight: Font.Medium
    }
    AppText {
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(10)
        anchors.baseline: title.baseline
        text: App.stage.outputText
        color: Theme.secondary
        font.weight: Font.Medium
    }
    Repeater {
        model: root.visible ? App.stage.segments : []
        Item {
            id: segment
            required property var modelData
            x: root.width * modelData.offset / root.total
            width: root.width * modelData.channels / root.total
            y: root.up ? Theme.px(28) : 0
            height: root.height - Theme.px(28)

            Rectangle {
                y: root.up ? parent.height - height : 0
                x: Theme.px(1)
                width: parent.width - Theme.px(2)
                height: root.stripe
                color: Theme.branch(segment.modelData.branch)
                AppText {
                    anchors.centerIn: parent
                    text: segment.modelData.channels
                    color: Theme.dark ? "#0f1216" : "#ffffff"
                    font.pixelSize: Theme.small
                    font.weight: Font.DemiBold
                }
            }
            MapWall {
                visible: root.op !== null
                op: root.op ? root.op : App.stage.ops[0]
                firstChannel: segment.modelData.offset
                channelCount: segment.modelData.channels
                color: Theme.branch(segment.modelData.branch)
                x: Theme.px(6)
                y: root.up ? 0 : root.stripe + Theme.px(4)
                width: parent.width - Theme.px(12)
                height: parent.height - root.stripe - Theme.px(4)
            }
        }
    }
}
