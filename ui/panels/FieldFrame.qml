import QtQuick
import Inceptoscope

// The receptive field on the picture: white on black, so that it shows on anything.
Item {
    id: root
    property rect field
    property size inputSize
    property rect area
    readonly property real sx: inputSize.width > 0 ? area.width / inputSize.width : 0
    readonly property real sy: inputSize.height > 0 ? area.height / inputSize.height : 0

    visible: field.width > 0 && sx > 0
    x: area.x + field.x * sx
    y: area.y + field.y * sy
    width: Math.max(Theme.px(3), field.width * sx)
    height: Math.max(Theme.px(3), field.height * sy)

    Rectangle {
        anchors.fill: parent
        anchors.margins: -Theme.px(1)
        color: "#30ffffff"
        border.color: "#000000"
        border.width: Theme.px(4)
    }
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.color: "#ffffff"
        border.width: Theme.px(2)
    }
}
