import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// One feature map up close, beside the picture it comes from.
FocusScope {
    id: root

    readonly property var channel: App.channel
    readonly property real margin: Theme.px(20)
    readonly property real reading: Theme.px(28)
    readonly property real side: Math.min((width - 3 * margin) * 0.56,
        height - header.height - reading - Theme.px(20))

    // What the channel looks for stands in the picture's place.
    readonly property bool asks: App.growth.possible && App.growth.shown
    signal save(var subject)

    readonly property string title: App.network + " " + channel.opName + " " + channel.channelName
    function figure() {
        return { title: qsTr("Save the map"), name: title, kind: "pictures", formats: ["png"], size: channel.figureSize,
            why: qsTr("Only as PNG: feature maps are pixels, which an SVG or PDF would not make sharper. The figure of the whole module can be either."), content: (format, scale) => channel.content(scale) }
    }
    // The map for a slide, its values for a spreadsheet.
    function copy() { channel.copy() }
    function values() {
        return !channel.hasValues ? null : { title: qsTr("Save the map's values"), name: title, kind: "documents", formats: ["csv"],
            content: () => App.saver.textContent(channel.csv()) }
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Channel view")

    Keys.onLeftPressed: channel.step(-1)
    Keys.onRightPressed: channel.step(1)
    Keys.onUpPressed: channel.step(-1)
    Keys.onDownPressed: channel.step(1)
    Keys.onPressed: event => {
        const steps = { [Qt.Key_PageUp]: -10, [Qt.Key_PageDown]: 10,
            [Qt.Key_Home]: -channel.channelCount, [Qt.Key_End]: channel.channelCount }
        if (event.key in steps) {
            channel.step(steps[event.key])
            event.accepted = true
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    ChannelHeader {
        id: header
        x: root.margin
        width: parent.width - 2 * x
    }
    MapView {
        id: map
        x: root.margin
        y: header.height + Theme.px(4)
        width: root.side
        height: root.side
    }
    ColumnLayout {
        x: 2 * root.margin + root.side
        y: map.y
        width: root.width - x - root.margin
        height: root.side
        spacing: Theme.px(8)
        Segmented {
            current: App.growth.shown ? 1 : 0
            visible: App.growth.possible
            name: qsTr("Beside the map")
            options: root.width < Theme.px(900) ? [qsTr("Picture"), qsTr("What it looks for")]
                : [qsTr("In the picture"), qsTr("What does this channel look for?")]
            onPicked: index => App.growth.shown = index === 1
        }
        GrowthPanel {
            visible: root.asks
            Layout.fillWidth: true
            Layout.fillHeight: true
            onSave: subject => root.save(subject)
        }
        PictureView {
            visible: !root.asks
            Layout.fillWidth: true
            Layout.fillHeight: true
            overlay: root.channel.overlay
            overlayOpacity: opacitySlider.value
            field: root.channel.field
        }
        RowLayout {
            visible: !root.asks
            spacing: Theme.px(10)
            AppText { text: qsTr("Picture"); color: Theme.secondary }
            AppSlider {
                id: opacitySlider
                name: qsTr("How strongly the map covers the picture")
                value: 0.55
                Layout.fillWidth: true
            }
            AppText { text: qsTr("Map"); color: Theme.secondary }
        }
        ChannelFacts {
            visible: !root.asks
            Layout.fillWidth: true
        }
    }
    ChannelReading {
        x: map.x
        y: map.y + map.height + Theme.px(6)
        // Beside the facts, which reach below the map where there is little room.
        width: root.width < Theme.px(560) ? root.side : root.width - 2 * x
        height: root.reading
    }
}
