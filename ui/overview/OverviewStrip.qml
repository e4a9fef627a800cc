import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The whole network in one line, from the picture to the classifier.
Rectangle {
    id: root

    readonly property int count: App.overview.modules.length
    readonly property real step: Math.max(Theme.px(62),
        Math.min(Theme.px(112), (width - 2 * Theme.margin) / Math.max(1, count)))
    readonly property int cardTop: Theme.px(24)
    readonly property int cardHeight: Theme.px(111)
    readonly property bool forks: App.overview.auxiliaries.length > 0

    implicitHeight: cardTop + cardHeight + (forks ? Theme.px(30) : Theme.px(8))
    color: Theme.panel
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Modules of %1").arg(App.overview.title)

    function reveal() {
        const x = App.overview.position * step
        if (x < flick.contentX + step)
            flick.contentX = Math.max(0, x - step)
        else if (x + 2 * step > flick.contentX + flick.width)
            flick.contentX = Math.max(0, Math.min(flick.contentWidth - flick.width, x + 2 * step - flick.width))
    }
    Connections {
        target: App.overview
        function onCurrentChanged() { root.reveal() }
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
        contentWidth: root.step * root.count
        clip: true

        Repeater {
            model: App.overview.groups
            Item {
                id: group
                required property var modelData
                x: modelData.first * root.step
                width: modelData.count * root.step
                height: root.cardTop
                Rectangle {
                    x: Theme.px(3)
                    width: parent.width - Theme.px(6)
                    y: Theme.px(20)
                    height: Theme.hairline
                    color: Theme.strongLine
                }
                AppText {
                    x: Theme.px(4)
                    y: Theme.px(3)
                    text: group.modelData.title
                    font.pixelSize: Theme.small
                    font.weight: Font.DemiBold
                    color: Theme.secondary
                }
            }
        }
        Repeater {
            model: App.overview.modules
            ModuleCard {
                required property int index
                required property ModuleItem modelData
                item: modelData
                x: index * root.step
                y: root.cardTop
                width: root.step
                height: root.cardHeight
            }
        }
        Repeater {
            model: App.overview.auxiliaries
            AuxiliaryChip {
                required property ModuleItem modelData
                item: modelData
                readonly property int feedIndex: App.overview.modules.findIndex(m => m.module === modelData.feed)
                x: (feedIndex + 0.5) * root.step
                y: root.cardTop + root.cardHeight - Theme.px(2)
            }
        }
    }
}
