import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

RowLayout {
    id: root
    readonly property var channel: App.channel
    // In a concatenation: the branch that the channel comes from.
    readonly property var segment: App.stage.joins && channel.isOpen && channel.node === App.stage.join.node
        ? App.stage.segments.find(s => channel.channel < s.offset + s.channels) : undefined
    height: Theme.px(50)
    spacing: Theme.px(12)

    Rectangle {
        Layout.preferredWidth: Theme.px(5)
        Layout.preferredHeight: Theme.px(26)
        radius: Theme.px(2)
        color: root.segment ? Theme.branch(root.segment.branch)
            : App.stage.joins ? Theme.branch(root.channel.branch) : Theme.strongLine
    }
    AppText {
        text: root.channel.title + (root.channel.isOpen ? qsTr(", channel %1").arg(root.channel.channel) : "")
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    AppText {
        text: qsTr("of %1 in %2").arg(root.channel.channelCount).arg(root.channel.opName)
            + (root.segment ? qsTr(", from branch %1").arg(root.segment.name) : "")
        color: Theme.secondary
    }
    Item { Layout.fillWidth: true }
    AppButton {
        glyph: "previous"
        tip: qsTr("Previous channel (Left, Page Up for ten)")
        enabled: root.channel.channel > 0
        onClicked: root.channel.step(-1)
    }
    AppButton {
        glyph: "next"
        tip: qsTr("Next channel (Right, Page Down for ten)")
        enabled: root.channel.channel + 1 < root.channel.channelCount
        onClicked: root.channel.step(1)
    }
    AppButton {
        glyph: "close"
        text: qsTr("Back to module")
        tip: qsTr("Close (Esc)")
        onClicked: root.channel.close()
    }
}
