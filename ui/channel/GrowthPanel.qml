import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What the channel looks for: a picture that grows from noise until it excites the channel.
ColumnLayout {
    id: root
    readonly property var growth: App.growth
    readonly property bool narrow: width < Theme.px(360)
    signal save(var subject)
    spacing: Theme.px(8)

    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Accessible.role: Accessible.Graphic
        Accessible.name: root.growth.hasPicture
            ? qsTr("Picture that excites the channel. %1").arg(root.growth.text)
            : qsTr("No picture has grown yet")
        ImageItem {
            visible: root.growth.hasPicture
            anchors.centerIn: parent
            width: Math.floor(Math.min(parent.width, parent.height))
            height: width
            image: root.growth.picture
        }
        Rectangle {
            visible: !root.growth.hasPicture
            anchors.fill: parent
            radius: Theme.px(4)
            color: Theme.emptyTile
            AppText {
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.margin
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                color: Theme.secondary
                text: root.growth.growing ? root.growth.text
                    : qsTr("A picture grown from noise: step by step, each pixel goes where it excites this channel more (gradient ascent, Olah et al. 2017).")
            }
        }
    }
    ProgressLine {
        Layout.fillWidth: true
        value: root.growth.growing && !root.growth.hasPicture ? -1 : root.growth.progress
        opacity: root.growth.growing || root.growth.hasPicture ? 1 : 0
    }
    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        wrapMode: Text.Wrap
        maximumLineCount: 2
        elide: Text.ElideRight
        font.pixelSize: Theme.small
        color: root.growth.problem ? Theme.text : Theme.secondary
        text: root.growth.problem || (root.growth.hasPicture ? root.growth.text : "")
    }
    RowLayout {
        spacing: Theme.px(8)
        AppButton {
            primary: !root.growth.growing
            glyph: root.growth.growing ? "pause" : "play"
            text: root.growth.growing ? qsTr("Stop") : root.growth.hasPicture ? qsTr("Go on") : qsTr("Grow a picture")
            tip: App.live.active ? qsTr("Live pictures take the device; stop them first")
                : root.growth.growing ? qsTr("Stop; what has grown stays")
                : qsTr("Gradient ascent from noise, on the device; the network up to this channel runs forward and backward at each step")
            enabled: App.run.device !== "" && !App.live.active
            onClicked: root.growth.growing ? root.growth.stop() : root.growth.start()
        }
        AppButton {
            visible: root.growth.hasPicture
            glyph: "rerun"
            tip: qsTr("Begin anew from noise")
            enabled: !App.live.active
            onClicked: root.growth.startAnew()
        }
        AppButton {
            visible: root.growth.hasPicture
            glyph: "save"
            tip: qsTr("Save the picture as PNG")
            onClicked: root.save({ title: qsTr("Save the picture"),
                name: App.network + " " + App.channel.opName + " " + App.channel.channelName + " " + qsTr("looks for"),
                kind: "pictures", formats: ["png"], why: qsTr("Only as PNG: it is made of pixels."),
                content: () => App.saver.imageContent(root.growth.picture) })
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: 2
        columnSpacing: Theme.px(10)
        rowSpacing: Theme.px(2)
        AppText {
            text: qsTr("Strength")
            color: Theme.secondary
        }
        AppSlider {
            name: qsTr("How far each step goes")
            Layout.fillWidth: true
            value: root.growth.strength
            onMoved: root.growth.strength = value
        }
        AppText {
            text: qsTr("Variation %1").arg(root.growth.seed)
            color: Theme.secondary
        }
        AppSlider {
            name: qsTr("Which noise it grows from: another one, another picture of the same channel")
            enabled: !App.live.active
            Layout.fillWidth: true
            from: 1
            to: root.growth.seeds
            stepSize: 1
            snapMode: Slider.SnapAlways
            value: root.growth.seed
            onMoved: root.growth.seed = value
        }
    }
}
