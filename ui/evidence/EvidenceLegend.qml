import QtQuick
import Inceptoscope
import Inceptoscope.Models

// Which colour means what; while the search runs, how far it is.
Item {
    id: root
    readonly property var evidence: App.evidence
    implicitHeight: Theme.px(34)
    height: implicitHeight

    Item {
        anchors.fill: parent
        visible: !root.evidence.busy
        ImageItem {
            id: scale
            width: parent.width
            height: Theme.px(8)
            image: root.evidence.colours
        }
        AppText {
            id: low
            y: scale.height + Theme.px(2)
            text: root.evidence.lowText
            font.pixelSize: Theme.small
        }
        AppText {
            y: low.y
            anchors.right: parent.right
            text: root.evidence.highText
            font.pixelSize: Theme.small
        }
    }
    Item {
        anchors.fill: parent
        visible: root.evidence.busy
        ProgressLine {
            id: line
            y: (stop.height - height) / 2
            width: parent.width - stop.width - Theme.space
            value: root.evidence.progress > 0 ? root.evidence.progress : -1
        }
        AppButton {
            id: stop
            anchors.right: parent.right
            implicitHeight: Theme.px(26)
            textSize: Theme.small
            text: qsTr("Stop")
            tip: qsTr("Stop looking for evidence")
            onClicked: root.evidence.cancel()
        }
    }
}
