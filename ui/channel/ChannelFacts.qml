import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Statistics of the map, its histogram, and which value has which colour.
ColumnLayout {
    id: root
    readonly property var channel: App.channel
    readonly property bool narrow: width < Theme.px(300)
    spacing: Theme.px(8)

    // A positioner, not a layout: a layout whose repeater replaces its items while its own size
    // changes may leave them all in one place (Qt 6.4).
    Grid {
        id: figures
        columns: root.narrow ? 2 : 4
        columnSpacing: Theme.px(10)
        rowSpacing: Theme.px(4)
        Layout.fillWidth: true
        readonly property var titles: [qsTr("Minimum"), qsTr("Mean"), qsTr("Maximum"), qsTr("Zeros")]
        readonly property var values: [root.channel.minimumText, root.channel.meanText, root.channel.maximumText,
            root.channel.zerosText]
        Repeater {
            model: 4
            Column {
                id: figure
                required property int index
                width: (root.width - (figures.columns - 1) * figures.columnSpacing) / figures.columns
                AppText {
                    width: parent.width
                    text: figures.titles[figure.index]
                    color: Theme.secondary
                    font.pixelSize: Theme.small
                    elide: Text.ElideRight
                }
                AppText {
                    width: parent.width
                    text: figures.values[figure.index]
                    font.pixelSize: Theme.px(root.narrow ? 15 : 18)
                    font.weight: Font.DemiBold
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.px(9)
                    elide: Text.ElideRight
                }
            }
        }
    }
    // The legend of what has no place in the colours: NaN has one of its own, what is infinite that
    // of the end.
    // An item, not a row: what a row has for its width, the layout would never fall below again.
    Item {
        id: unplaced
        readonly property var counts: root.channel.notFiniteText.split(", ").filter(s => s)
        visible: counts.length > 0
        Layout.fillWidth: true
        Layout.preferredHeight: notFinite.implicitHeight
        Accessible.role: Accessible.StaticText
        Accessible.name: notFinite.text
        Rectangle {
            id: swatch
            visible: unplaced.counts.some(s => s.endsWith("NaN"))
            width: Theme.px(12)
            height: width
            y: Theme.px(2)
            color: root.channel.nanColor
        }
        AppText {
            id: notFinite
            x: swatch.visible ? swatch.width + Theme.px(6) : 0
            width: parent.width - x
            wrapMode: Text.Wrap
            text: qsTr("%1: left out of minimum, mean and maximum").arg(unplaced.counts.map(
                s => s.endsWith("NaN") ? s : qsTr("%1 (in the colour of the end)").arg(s)).join(", "))
            font.pixelSize: Theme.small
        }
    }
    Item {
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.px(84)
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Histogram of the values other than zero")
        AppText {
            text: root.channel.hasValues && !root.channel.histogram.some(v => v > 0) ? qsTr("No finite values other than zero")
                : qsTr("Values other than zero")
            color: Theme.secondary
            font.pixelSize: Theme.small
        }
        Row {
            id: bars
            anchors.bottom: scale.top
            anchors.bottomMargin: Theme.px(2)
            width: parent.width
            height: Theme.px(40)
            Repeater {
                model: root.channel.histogram
                Item {
                    required property real modelData
                    width: bars.width / root.channel.histogram.length
                    height: bars.height
                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: Math.max(1, parent.width - 1)
                        height: parent.modelData > 0 ? Math.max(1, parent.modelData * parent.height) : 0
                        color: Theme.bar
                    }
                }
            }
        }
        ImageItem {
            id: scale
            anchors.bottom: low.top
            anchors.bottomMargin: Theme.px(1)
            width: parent.width
            height: Theme.px(6)
            image: root.channel.gradient
        }
        AppText {
            id: low
            anchors.bottom: parent.bottom
            text: root.channel.lowText
            font.pixelSize: Theme.small
        }
        AppText {
            anchors.bottom: parent.bottom
            anchors.right: parent.right
            text: root.channel.highText
            font.pixelSize: Theme.small
        }
    }
}
