import QtQuick
import Inceptoscope
import Inceptoscope.Models

// A branch: its own map, its part of the evidence as a bar from the middle, and what it costs.
Item {
    id: root
    required property var branch
    property bool inset: true
    readonly property color ink: branch.branch >= 0 ? Theme.branch(branch.branch) : Theme.bar
    readonly property real side: Theme.px(64)
    readonly property bool pictured: branch.picture !== undefined

    implicitHeight: Math.max(pictured ? side : 0, words.height)
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2 of the score. %3").arg(branch.name).arg(branch.text).arg(branch.cost)

    ImageItem {
        id: map
        visible: root.pictured
        width: root.side
        height: root.side
        image: root.pictured ? root.branch.picture : App.gradient("")
    }
    Rectangle {
        visible: root.pictured
        anchors.fill: map
        color: "transparent"
        border.color: root.ink
        border.width: Theme.px(2)
    }
    Column {
        id: words
        x: root.inset ? root.side + Theme.space : 0
        width: parent.width - x
        spacing: Theme.px(3)
        Item {
            width: parent.width
            height: name.height
            AppText {
                id: name
                width: parent.width - value.width - Theme.space
                text: root.branch.name
                elide: Text.ElideMiddle
                font.weight: Font.DemiBold
            }
            AppText {
                id: value
                anchors.right: parent.right
                text: root.branch.text
                font.weight: Font.DemiBold
            }
        }
        // For to the right, against to the left.
        Item {
            id: bar
            width: parent.width
            height: Theme.px(8)
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width
                height: Theme.hairline
                color: Theme.line
            }
            Rectangle {
                readonly property real reach: Math.abs(root.branch.share) * bar.width / 2
                x: root.branch.share < 0 ? bar.width / 2 - reach : bar.width / 2
                width: Math.max(Theme.px(1), reach)
                height: parent.height
                color: root.ink
            }
            Rectangle {
                x: bar.width / 2
                width: Theme.hairline
                height: parent.height
                color: Theme.strongLine
            }
        }
        AppText {
            visible: text !== ""
            width: parent.width
            text: root.branch.cost
            wrapMode: Text.Wrap
            color: Theme.secondary
            font.pixelSize: Theme.small
        }
    }
}
