import QtQuick
import Inceptoscope
import Inceptoscope.Models

// One class, or one unit of a hidden layer: its name, its value, and the value as a bar.
Item {
    id: root

    required property OpItem op
    required property int rank
    readonly property var score: {
        op.revision // asked again when the values change
        return op.score(rank)
    }
    readonly property bool known: score.channel !== undefined
    readonly property real labels: Math.min(width * 0.42, Theme.px(260))
    readonly property real values: Theme.px(70)

    height: Theme.px(24)
    Accessible.role: Accessible.ListItem
    Accessible.name: known ? score.fullName + ": " + score.text : ""

    AppText {
        anchors.verticalCenter: parent.verticalCenter
        width: root.labels
        text: root.known ? root.score.name : ""
        elide: Text.ElideRight
        font.pixelSize: Theme.px(14)
        font.weight: root.rank === 0 ? Font.DemiBold : Font.Normal
    }
    Rectangle {
        x: root.labels + Theme.space
        width: parent.width - x - root.values
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.px(12)
        radius: Theme.px(2)
        color: Theme.emptyTile
        Rectangle {
            x: root.known ? parent.width * root.score.from : 0
            width: root.known ? Math.max(1, parent.width * (root.score.to - root.score.from)) : 0
            height: parent.height
            radius: parent.radius
            color: Theme.accent
        }
    }
    AppText {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: root.known ? root.score.text : ""
        font.pixelSize: Theme.px(14)
    }
    HoverHandler { id: hover }
    HoverTip {
        when: hover.hovered && root.known
        text: root.known ? root.score.fullName + ": " + root.score.text : ""
    }
}
