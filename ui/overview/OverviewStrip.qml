import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The whole network in one line, from the picture to the classifier. Groups that would not fit
// as cards are blocks of small tiles, so that all modules are in sight.
Rectangle {
    id: root

    readonly property var places: App.overview.groups.length ? App.overview.strip({
        width: flick.width, smallestCard: Theme.px(62), largestCard: Theme.px(112),
        tile: Theme.px(low ? 23 : 31), gap: Theme.px(8), cardHeight: cardHeight,
        headings: App.overview.groups.map(g => headings.advanceWidth(g.title + (g.count > 2 ? "  ×" + g.count : "")) + Theme.px(8)) }) : null
    readonly property int cardTop: Theme.px(24)
    // In a low window the stage needs the room of a card's last two lines.
    readonly property bool low: Window.height < Theme.px(660)
    readonly property int cardHeight: Theme.px(low ? 87 : 111)
    readonly property bool forks: App.overview.auxiliaries.length > 0

    implicitHeight: cardTop + cardHeight + (forks ? Theme.px(30) : Theme.px(8))
    color: Theme.panel
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Modules of %1").arg(App.overview.title)

    function place(index) {
        return places && places.modules[index] ? places.modules[index] : { x: 0, y: 0, width: 0, height: 0, small: false }
    }
    function scroll(by) {
        flick.contentX = Math.max(0, Math.min(flick.contentWidth - flick.width, flick.contentX + by))
    }
    function reveal() {
        const at = place(App.overview.position)
        const margin = Theme.px(62)
        if (at.x - margin < flick.contentX)
            flick.contentX = Math.max(0, at.x - margin)
        else if (at.x + at.width + margin > flick.contentX + flick.width)
            flick.contentX = Math.max(0, Math.min(flick.contentWidth - flick.width, at.x + at.width + margin - flick.width))
    }
    Connections {
        target: App.overview
        function onCurrentChanged() { root.reveal() }
    }

    FontMetrics {
        id: headings
        font.family: Theme.family
        font.pixelSize: Theme.small
        font.weight: Font.DemiBold
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    AppText {
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(8)
        visible: root.forks
        text: qsTr("Bars: share of %1").arg(App.overview.shareOf)
        color: Theme.secondary
        font.pixelSize: Theme.tiny
    }
    Flickable {
        id: flick
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        contentWidth: root.places ? root.places.width : width
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Repeater {
            model: App.overview.groups
            GroupHeading {
                required property int index
                required property var modelData
                readonly property var at: root.places && root.places.groups[index] ? root.places.groups[index] : { x: 0, width: 0, small: false }
                group: modelData
                share: App.overview.groupShares[index] || ""
                small: at.small
                x: at.x
                width: at.width
                height: root.cardTop
                tilesEnd: root.cardTop + root.cardHeight - Theme.px(14)
                seenFrom: flick.contentX - x
                seenTo: flick.contentX + flick.width - x
            }
        }
        Repeater {
            model: App.overview.modules
            ModuleCard {
                required property int index
                required property ModuleItem modelData
                readonly property var at: root.place(index)
                item: modelData
                small: at.small
                low: root.low
                x: at.x
                y: root.cardTop + (small ? Theme.px(4) : 0) + at.y
                width: at.width
                height: at.height
            }
        }
        Repeater {
            id: chips
            model: App.overview.auxiliaries
            AuxiliaryChip {
                required property int index
                required property ModuleItem modelData
                item: modelData
                // Small tiles may stand one above the other, the chips beside each other.
                readonly property Item before: index > 0 ? chips.itemAt(index - 1) : null
                readonly property var at: root.place(App.overview.modules.findIndex(m => m.module === modelData.feed))
                x: Math.max(at.x + at.width / 2, before ? before.x + before.width + Theme.px(4) : 0)
                y: root.cardTop + root.cardHeight
            }
        }
        // There is only one way to go, whichever way the wheel turns.
        WheelHandler {
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            onWheel: event => root.scroll(-event.angleDelta.y)
        }
        WheelHandler {
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            orientation: Qt.Horizontal
            onWheel: event => root.scroll(-event.angleDelta.x)
        }
    }
}
