import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The picture with the part that the network sees; on it, when asked for, a map and a field.
Item {
    id: root

    readonly property size pixels: App.run.pictureSize
    readonly property real aspect: pixels.width > 0 ? pixels.height / pixels.width : 0.66
    readonly property real factor: pixels.width > 0
        ? Math.min(width / pixels.width, height / pixels.height) : 0
    property var overlay
    property real overlayOpacity: 0
    // In pixels of the network's input; may reach beyond it into the padding.
    property rect field

    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Picture %1").arg(App.run.pictureTitle)

    Rectangle {
        anchors.fill: parent
        visible: root.pixels.width <= 0
        color: Theme.emptyTile
        radius: Theme.px(4)
    }
    // Whole pixels: where edges that meet fall between two, both are drawn there, and a seam shows.
    Item {
        id: frame
        x: Math.round((root.width - width) / 2)
        y: Math.round((root.height - height) / 2)
        width: Math.round(root.pixels.width * root.factor)
        height: Math.round(root.pixels.height * root.factor)
        clip: true

        ImageItem {
            anchors.fill: parent
            image: App.run.picture
        }
        Item {
            id: crop
            readonly property rect area: App.run.seenRect
            visible: area.width > 0
            x: Math.round(area.x * root.factor)
            y: Math.round(area.y * root.factor)
            width: Math.round((area.x + area.width) * root.factor) - x
            height: Math.round((area.y + area.height) * root.factor) - y
        }
        // Outside the crop: dimmed, since the network never sees it.
        Repeater {
            model: crop.visible ? [
                Qt.rect(0, 0, frame.width, crop.y),
                Qt.rect(0, crop.y + crop.height, frame.width, frame.height - crop.y - crop.height),
                Qt.rect(0, crop.y, crop.x, crop.height),
                Qt.rect(crop.x + crop.width, crop.y, frame.width - crop.x - crop.width, crop.height)
            ] : []
            Rectangle {
                required property rect modelData
                x: modelData.x
                y: modelData.y
                width: modelData.width
                height: modelData.height
                color: "#99000000"
            }
        }
        ImageItem {
            visible: root.overlayOpacity > 0 && root.overlay !== undefined
            x: crop.x
            y: crop.y
            width: crop.width
            height: crop.height
            opacity: root.overlayOpacity
            blurred: false
            image: root.overlay === undefined ? App.gradient("") : root.overlay
        }
        Rectangle {
            x: crop.x
            y: crop.y
            width: crop.width
            height: crop.height
            visible: crop.visible
            color: "transparent"
            border.color: "#ffffff"
            border.width: Theme.hairline
        }
        FieldFrame {
            field: root.field
            inputSize: App.inputSize
            area: Qt.rect(crop.x, crop.y, crop.width, crop.height)
        }
    }
}
