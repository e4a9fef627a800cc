import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The branches' channels side by side, each part as wide as its share. At a module's end with
// its maps; inside of one, where other ops follow, as a low bar.
Rectangle {
    id: root

    property var stage: App.stage
    property bool opens: true
    property bool up: true
    property bool maps: true
    readonly property OpItem op: stage.join
    readonly property int total: op ? op.channels : 1
    readonly property real stripe: Theme.px(20)

    radius: Theme.radius
    color: Theme.panel
    border.color: Theme.line
    border.width: Theme.hairline
    Accessible.role: Accessible.Grouping
    Accessible.name: title.text + ", " + shape.text

    LinkText {
        id: title
        x: Theme.px(10)
        y: root.up ? Theme.px(4) : root.height - height - Theme.px(4)
        text: qsTr("Filter concatenation")
        tip: qsTr("Show all %1 maps as large as the window allows").arg(root.total)
        enabled: root.opens && root.op !== null
        onClicked: App.stage.openOp(root.op.node)
        font.pixelSize: Theme.px(15)
        font.weight: Font.DemiBold
    }
    AppText {
        id: shape
        anchors.left: title.right
        anchors.leftMargin: Theme.px(12)
        anchors.baseline: title.baseline
        text: root.op ? root.op.shapeText : ""
        font.weight: Font.Medium
    }
    NeighbourLinks {
        id: neighbours
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(10)
        y: title.y
        // Several may be too many for a narrow window; the overview above has them all.
        visible: root.stage.joins && neighbours.width + Theme.px(40) < root.width - shape.x - shape.width
        label: root.stage.outputText
        links: root.opens ? root.stage.targets : []
        word: qsTr("to")
    }
    Repeater {
        model: root.visible ? root.stage.segments : []
        Item {
            id: segment
            required property var modelData
            x: root.width * modelData.offset / root.total
            width: root.width * modelData.channels / root.total
            y: root.up ? Theme.px(26) : 0
            height: root.height - Theme.px(26)

            Rectangle {
                y: root.up ? parent.height - height : 0
                x: Theme.px(1)
                width: parent.width - Theme.px(2)
                height: root.stripe
                color: Theme.branch(segment.modelData.branch)
                LinkText {
                    anchors.centerIn: parent
                    text: segment.modelData.channels
                    tip: qsTr("%1 channels of branch %2: show them where they are made").arg(segment.modelData.channels).arg(segment.modelData.name)
                    Accessible.name: tip
                    enabled: root.opens && root.stage.find(segment.modelData.node) !== null
                    onClicked: App.stage.openOp(segment.modelData.node)
                    color: Theme.dark ? "#0f1216" : "#ffffff"
                    font.pixelSize: Theme.small
                    font.weight: Font.DemiBold
                }
            }
            MapWall {
                visible: root.maps && root.op !== null
                opens: root.opens
                op: root.op ? root.op : root.stage.ops[0]
                firstChannel: segment.modelData.offset
                channelCount: segment.modelData.channels
                color: Theme.branch(segment.modelData.branch)
                x: Theme.px(6)
                y: root.up ? 0 : root.stripe + Theme.px(4)
                width: parent.width - Theme.px(12)
                height: Math.max(1, parent.height - root.stripe - Theme.px(4))
            }
        }
    }
}
