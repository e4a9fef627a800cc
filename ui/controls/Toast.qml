import QtQuick
import Inceptoscope

// A word that something is done; goes on its own.
Rectangle {
    id: root

    function show(text) {
        label.text = text
        opacity = 1
        timer.restart()
    }

    opacity: 0
    visible: opacity > 0
    width: label.implicitWidth + Theme.px(28)
    height: Theme.px(34)
    radius: Theme.radius
    color: Theme.raised
    border.color: Theme.strongLine
    border.width: Theme.hairline
    Accessible.role: Accessible.AlertMessage
    Accessible.name: label.text
    Behavior on opacity { NumberAnimation { duration: 150 } }

    AppText {
        id: label
        anchors.centerIn: parent
        font.weight: Font.Medium
    }
    Timer {
        id: timer
        interval: 2500
        onTriggered: root.opacity = 0
    }
}
