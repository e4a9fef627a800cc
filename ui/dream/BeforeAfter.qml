import QtQuick
import Inceptoscope
import Inceptoscope.Models

// Two pictures of one size, the second from a line on that is dragged, or moved with the arrows.
FocusScope {
    id: root

    required property var first // QImage
    required property var second
    property string firstTitle
    property string secondTitle
    property real split: 0.5
    readonly property size pixels: Qt.size(Math.max(1, before.imageSize.width), Math.max(1, before.imageSize.height))
    readonly property real factor: Math.min(width / pixels.width, height / pixels.height)

    function move(to) { split = Math.max(0, Math.min(1, to)) }

    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("%1 up to here, %2 behind").arg(firstTitle).arg(secondTitle)
    Keys.onLeftPressed: move(split - 0.05)
    Keys.onRightPressed: move(split + 0.05)

    component Caption: Rectangle {
        property alias text: words.text
        width: words.implicitWidth + Theme.px(14)
        height: words.implicitHeight + Theme.px(6)
        radius: Theme.px(4)
        color: "#c0000000"
        AppText {
            id: words
            anchors.centerIn: parent
            color: "#ffffff"
            font.weight: Font.DemiBold
        }
    }
    Item {
        id: frame
        readonly property real line: Math.round(root.split * width)
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.round(root.pixels.width * root.factor)
        height: Math.round(root.pixels.height * root.factor)
        ImageItem {
            anchors.fill: parent
            image: root.second
        }
        Item {
            width: frame.line
            height: parent.height
            clip: true
            ImageItem {
                id: before
                width: frame.width
                height: frame.height
                image: root.first
            }
        }
        Caption {
            x: Theme.px(8)
            y: parent.height - height - Theme.px(8)
            visible: frame.line > x + width
            text: root.firstTitle
        }
        Caption {
            x: parent.width - width - Theme.px(8)
            y: parent.height - height - Theme.px(8)
            visible: frame.line < x
            text: root.secondTitle
        }
        Rectangle {
            x: Math.max(0, Math.min(parent.width - width, frame.line - width / 2))
            width: Theme.px(3)
            height: parent.height
            color: "#ffffff"
            border.width: Theme.hairline
            border.color: "#000000"
            Rectangle {
                anchors.centerIn: parent
                width: Theme.px(22)
                height: width
                radius: width / 2
                color: "#ffffff"
                border.width: Theme.hairline
                border.color: "#000000"
                AppText {
                    anchors.centerIn: parent
                    text: "↔"
                    color: "#14181d"
                    font.weight: Font.Bold
                }
                FocusRing { shown: root.activeFocus; radius: width / 2 }
            }
        }
        MouseArea {
            anchors.fill: parent
            cursorShape: Qt.SplitHCursor
            onPressed: mouse => root.move(mouse.x / width)
            onPositionChanged: mouse => root.move(mouse.x / width)
        }
    }
}
