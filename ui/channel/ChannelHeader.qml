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
        Layout.fillWidth: implicitWidth > root.width - Theme.px(190)
        Layout.minimumWidth: 0
        elide: Text.ElideMiddle
        text: root.channel.isOpen ? qsTr("%1, %2").arg(root.channel.title).arg(root.channel.channelName) : ""
        font.pixelSize: root.width < Theme.px(560) ? Theme.large : Theme.title
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    AppText {
        id: place
        // As much of it as there is room for.
        readonly property var sayings: {
            const count = qsTr("of %1").arg(root.channel.channelCount)
            const of = qsTr("of %1 in %2").arg(root.channel.channelCount).arg(root.channel.opName)
            return [root.segment ? of + qsTr(", from branch %1").arg(root.segment.name) : of, of, count]
        }
        Layout.fillWidth: true
        Layout.minimumWidth: 0
        text: sayings.find(s => metrics.advanceWidth(s) <= width) || ""
        elide: Text.ElideRight
        color: Theme.secondary
        FontMetrics {
            id: metrics
            font: place.font
        }
    }
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
        readonly property string goes: App.stage.opened ? qsTr("Back to all maps") : qsTr("Back to module")
        text: root.width < Theme.px(720) ? "" : goes
        tip: qsTr("%1 (Esc)").arg(goes)
        onClicked: root.channel.close()
    }
}
