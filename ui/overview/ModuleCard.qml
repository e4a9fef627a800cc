import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Controls.impl
import Inceptoscope
import Inceptoscope.Models

// One module: its strongest map, its size, and its share of the work; small, among many of one
// design, only the map.
AbstractButton {
    id: card

    required property ModuleItem item
    property bool small: false
    property bool low: false // without its size, which its tip has
    readonly property bool vector: item.sizeText === "1×1"
    readonly property bool current: App.overview.current === item.module

    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: item.title
    Accessible.description: qsTr("%1 channels of %2, %3").arg(item.channelsText).arg(item.sizeText).arg(item.shareText)
    Accessible.selected: current
    onClicked: {
        App.overview.stopPlay()
        App.overview.current = item.module
    }
    Keys.onReturnPressed: clicked()

    background: SelectionFill {
        anchors.fill: parent
        anchors.margins: card.small ? 0 : Theme.px(2)
        radius: card.small ? Theme.px(4) : Theme.radius
        selected: card.current
        hovered: card.hovered
        barBelow: true
        FocusRing { shown: card.visualFocus; anchors.margins: 0 }
    }
    contentItem: Item {
        Rectangle {
            id: frame
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.px(card.small ? 3 : 6)
            width: card.small ? parent.width - Theme.px(6) : Math.min(parent.width - Theme.px(14), Theme.px(50))
            height: width
            color: Theme.emptyTile
            radius: Theme.px(3)
            // A vector has no picture: one pixel a channel says nothing.
            IconImage {
                anchors.centerIn: parent
                visible: card.vector
                source: "qrc:/icons/vector.svg"
                color: card.item.done ? Theme.text : Theme.strongLine
                sourceSize: Qt.size(frame.width * 0.7, frame.width * 0.7)
            }
            ImageItem {
                anchors.fill: parent
                visible: !card.vector
                cropped: true
                blurred: imageSize.width > width * 0.7
                image: card.item.thumbnail
            }
        }
        AppText {
            id: name
            visible: !card.small
            anchors.top: frame.bottom
            anchors.topMargin: Theme.px(2)
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: card.item.shortTitle
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
        }
        AppText {
            id: dims
            visible: !card.small && !card.low
            anchors.top: name.bottom
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: card.vector ? card.item.channelsText : card.item.channelsText + "\n" + card.item.sizeText
            lineHeight: 0.95
            color: Theme.secondary
            font.pixelSize: Theme.px(10.5)
        }
        ShareBar {
            visible: !card.small
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.px(5)
            x: Theme.px(8)
            width: parent.width - Theme.px(16)
            share: card.item.bar
            strong: card.current
        }
    }
    Tip {
        readonly property string shown: card.vector || !card.item.done ? ""
            : card.item.module === 0 ? qsTr("\nShown: the picture as the network sees it") : qsTr("\nShown: its strongest map")
        text: card.item.title + "\n" + card.Accessible.description + shown
        visible: card.hovered
    }
}
