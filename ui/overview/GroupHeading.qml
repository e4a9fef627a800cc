import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What neighbouring modules have in common. The text stays in sight while any of them is.
Item {
    id: root

    required property var group
    required property string share
    property bool small: false
    // Where a block of small tiles ends; the group's share of the work stands below it.
    property real tilesEnd: 0
    // The visible part of the strip, in this item's coordinates.
    property real seenFrom: 0
    property real seenTo: width
    readonly property bool current: {
        const position = App.overview.position
        return position >= group.first && position < group.first + group.count
    }
    readonly property real room: Math.min(width, seenTo) - title.x - Theme.px(4)
    readonly property string count: group.count > 1 ? "  ×" + group.count : ""

    Rectangle {
        x: Theme.px(3)
        width: parent.width - Theme.px(6)
        y: Theme.px(20)
        height: root.current ? Theme.px(2) : Theme.hairline
        color: root.current ? Theme.accent : Theme.strongLine
    }
    AppText {
        id: title
        x: Math.max(Theme.px(4), Math.min(root.seenFrom + Theme.px(4), root.width - implicitWidth - Theme.px(4)))
        y: Theme.px(3)
        text: root.group.title + (root.small ? root.count : "")
        font.pixelSize: Theme.small
        font.weight: Font.DemiBold
        color: root.current ? Theme.text : Theme.secondary
    }
    AppText {
        id: article
        visible: root.group.article !== "" && title.implicitWidth + implicitWidth + Theme.px(8) < root.room
        anchors.left: title.right
        anchors.leftMargin: Theme.px(8)
        anchors.baseline: title.baseline
        text: root.group.article
        color: Theme.secondary
        font.pixelSize: Theme.tiny
    }
    TextMetrics {
        id: wholeShare
        font: shareText.font
        text: root.share
    }
    AppText {
        id: shareText
        visible: root.small
        x: Theme.px(4)
        y: root.tilesEnd
        text: wholeShare.advanceWidth < root.width - x ? root.share : root.share.split(" of ")[0]
        color: Theme.secondary
        font.pixelSize: Theme.px(10.5)
    }
    HoverHandler { id: hover }
    Tip {
        visible: hover.hovered
        text: [root.group.title + root.count, root.group.article, root.share].filter(s => s).join("\n")
    }
}
