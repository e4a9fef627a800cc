import QtQuick
import Inceptoscope

// The module's input on its way past all branches, up to the sum.
Item {
    id: root

    required property real from
    required property real to
    required property real seenFrom
    required property real seenTo

    Arrow {
        seenFrom: root.seenFrom
        seenTo: root.seenTo
        x: root.width / 2
        from: root.from
        to: root.to
        thickness: Theme.px(4)
        head: Theme.px(11)
        color: Theme.accent
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: (root.from + root.to - height) / 2
        width: root.width
        height: lines.implicitHeight + Theme.px(12)
        radius: Theme.radius
        color: Theme.panel
        border.color: Theme.accent
        border.width: Theme.px(2)
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Shortcut: x, unchanged")
        Column {
            id: lines
            anchors.centerIn: parent
            AppText {
                anchors.horizontalCenter: parent.horizontalCenter
                text: "x"
                font.pixelSize: Theme.px(18)
                font.weight: Font.DemiBold
            }
            AppText {
                anchors.horizontalCenter: parent.horizontalCenter
                text: qsTr("unchanged")
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
        }
    }
}
