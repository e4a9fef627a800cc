import QtQuick
import Inceptoscope

// A share that is done; where it is unknown (negative), something that moves.
Rectangle {
    id: root
    required property real value
    implicitHeight: Theme.px(6)
    radius: height / 2
    color: Theme.line
    clip: true
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Progress")

    Rectangle {
        id: chunk
        readonly property bool unknown: root.value < 0
        property real phase: 0
        x: unknown ? phase * (root.width - width) : 0
        width: unknown ? root.width * 0.3 : root.width * Math.min(1, root.value)
        height: parent.height
        radius: parent.radius
        color: Theme.accent
        SequentialAnimation on phase {
            running: chunk.unknown && root.visible
            loops: Animation.Infinite
            NumberAnimation { to: 1; duration: 900; easing.type: Easing.InOutSine }
            NumberAnimation { to: 0; duration: 900; easing.type: Easing.InOutSine }
        }
    }
}
