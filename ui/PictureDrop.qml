import QtQuick
import Inceptoscope
import Inceptoscope.Models

// Takes pictures, videos, weights and labels that are dropped anywhere on the window.
DropArea {
    id: root
    onEntered: drag => drag.accepted = drag.hasUrls
    onDropped: drop => {
        if (drop.hasUrls && App.drop(drop.urls))
            drop.accept()
    }
    Rectangle {
        anchors.fill: parent
        visible: root.containsDrag
        color: Theme.shade
        border.color: Theme.accent
        border.width: Theme.px(3)
        AppText {
            anchors.centerIn: parent
            text: qsTr("Drop a picture, a video, weights or labels")
            font.pixelSize: Theme.px(28)
            font.weight: Font.DemiBold
        }
    }
}
