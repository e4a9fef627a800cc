import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The value under the cursor and what it depends on.
Item {
    id: root
    readonly property var channel: App.channel

    AppText {
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.channel.hovering
        width: parent.width
        wrapMode: Text.Wrap
        maximumLineCount: 2
        font.pixelSize: root.width < Theme.px(360) ? Theme.tiny : Theme.body
        text: root.width < Theme.px(560) ? qsTr("Point at the map to read a value and what it depends on.")
            : qsTr("Point at the map to read a value and see which part of the picture it depends on.")
        color: Theme.secondary
    }
    Row {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.channel.hovering
        spacing: Theme.px(12)
        AppText {
            anchors.baseline: value.baseline
            text: qsTr("x %1, y %2").arg(root.channel.pixel.x).arg(root.channel.pixel.y)
            color: Theme.secondary
        }
        AppText {
            id: value
            text: root.channel.valueText || "…"
            font.pixelSize: Theme.px(18)
            font.weight: Font.DemiBold
        }
        AppText {
            anchors.baseline: value.baseline
            width: Math.min(implicitWidth, root.width - x)
            elide: Text.ElideRight
            text: root.channel.fieldText
            color: Theme.secondary
        }
    }
}
