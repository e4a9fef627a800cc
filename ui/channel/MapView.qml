import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The map, as large as fits, each value a sharp square.
Item {
    id: root

    readonly property var channel: App.channel
    readonly property size map: channel.mapSize
    readonly property real factor: map.width > 0 ? Math.min(width / map.width, height / map.height) : 0

    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Feature map, channel %1").arg(channel.channel)

    Rectangle {
        anchors.fill: frame
        color: Theme.emptyTile
    }
    ImageItem {
        id: frame
        anchors.centerIn: parent
        width: root.map.width * root.factor
        height: root.map.height * root.factor
        blurred: false
        image: root.channel.map

        Rectangle {
            visible: root.channel.hovering
            x: root.channel.pixel.x * root.factor - border.width
            y: root.channel.pixel.y * root.factor - border.width
            width: root.factor + 2 * border.width
            height: root.factor + 2 * border.width
            color: "transparent"
            border.color: "#ffffff"
            border.width: Theme.px(2)
            Rectangle {
                anchors.fill: parent
                anchors.margins: -Theme.px(1)
                color: "transparent"
                border.color: "#000000"
                border.width: Theme.px(1)
            }
        }
        HoverHandler {
            id: hover
            cursorShape: Qt.CrossCursor
            onPointChanged: if (hovered) root.channel.hover(
                Math.floor(point.position.x / root.factor), Math.floor(point.position.y / root.factor))
            onHoveredChanged: if (!hovered) root.channel.leave()
        }
    }
}
