import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Device, weights, time of the run, and what is under way.
Rectangle {
    id: root

    signal showDeviceError
    signal explainWeights

    // The Versions view shows its own progress.
    readonly property bool measuring: App.versions.running && App.view !== "versions"
    // What goes on takes room from what stays: what isn't said then, tips and other views say.
    readonly property bool crowded: measuring || App.live.active
    readonly property real room: width / Theme.unit
    readonly property string deviceName: App.run.device.split(", Vulkan ")[0]

    implicitHeight: Theme.px(30)
    color: Theme.panel

    component Fact: Row {
        property string label
        property string value
        property string tip
        visible: value !== ""
        spacing: Theme.px(5)
        AppText {
            text: parent.label
            color: Theme.secondary
            font.pixelSize: Theme.small
        }
        AppText {
            text: parent.value
            width: Math.min(implicitWidth, root.width * 0.3)
            elide: Text.ElideRight
            font.pixelSize: Theme.small
            font.weight: Font.Medium
        }
        HoverHandler { id: hover }
        Tip {
            visible: parent.tip !== "" && hover.hovered
            text: parent.tip
        }
    }

    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: Theme.px(18)

        Fact {
            label: qsTr("Device")
            // In a narrow window without its version and kind, which its tip has.
            value: root.crowded && root.room < 900 ? root.deviceName.split(" (")[0]
                : root.room > 1200 && !(root.crowded && root.room < 1400) ? App.run.device : root.deviceName
            tip: App.run.device
        }
        AppButton {
            visible: App.run.deviceError !== ""
            implicitHeight: Theme.px(24)
            glyph: "warning"
            text: qsTr("No Vulkan device")
            tip: qsTr("What is missing and how to install it")
            onClicked: root.showDeviceError()
        }
        Fact {
            visible: value !== "" && !(root.crowded && root.room < 1000)
            label: qsTr("Weights")
            value: App.run.weightsTitle
        }
        AppButton {
            visible: App.run.weightsKnown && !App.run.trained
            implicitHeight: Theme.px(24)
            flatLook: true
            glyph: "info"
            tip: qsTr("What random weights are good for, and where trained ones come from")
            onClicked: root.explainWeights()
        }
        AppButton {
            visible: App.run.trained && App.weights.remembered
            implicitHeight: Theme.px(24)
            flatLook: true
            glyph: "close"
            tip: qsTr("Forget these weights: go back to those that the network has without them")
            onClicked: App.weights.forget()
        }
        Fact {
            objectName: "liveSpeed"
            label: qsTr("Live")
            value: App.live.paused ? qsTr("paused") : App.live.starting ? qsTr("waiting for the first frame…")
                : App.live.speedText
        }
        AppButton {
            visible: App.live.active
            implicitHeight: Theme.px(24)
            text: qsTr("Stop live")
            tip: qsTr("Stop live pictures, back to the still one (V or Esc)")
            onClicked: App.live.stop()
        }
        Fact {
            visible: value !== "" && !(App.live.active && root.room < 1160)
            label: App.run.live ? qsTr("Measured before") : qsTr("Run")
            value: App.run.timeText
        }
        AppButton {
            visible: App.run.timeText !== "" && !App.run.live
            implicitHeight: Theme.px(24)
            flatLook: true
            glyph: "rerun"
            tip: App.run.timeDetail + qsTr("\nRun again, to measure anew (R)")
            onClicked: App.rerun()
        }
        MemoryFact {
            // In a narrow window, what is under way comes first.
            visible: App.run.memoryText !== "" && !(root.measuring && root.room < 1250)
            narrow: root.room < 800 || (App.live.active && root.room < 900)
        }
        Item { Layout.fillWidth: true }
        AppText {
            visible: App.run.busy || App.pictures.decoding || root.measuring
            text: App.run.busy ? App.run.progressText
                : App.pictures.decoding ? qsTr("Reading the picture…") : App.versions.progressText
            elide: Text.ElideRight
            font.pixelSize: Theme.small
            // As long as it is, where the rest leaves the room.
            Layout.fillWidth: true
            Layout.minimumWidth: Math.min(implicitWidth, Theme.px(64))
            Layout.preferredWidth: Math.ceil(implicitWidth) + 1 // layouts round down
            Layout.maximumWidth: Layout.preferredWidth
            HoverHandler { id: progressHover }
            Tip {
                visible: root.measuring && progressHover.hovered
                text: App.versions.progressText + "\n" + qsTr("All networks are being measured, for the Versions view; maps may take a moment longer")
            }
        }
        ProgressLine {
            visible: App.run.busy || root.measuring
            value: App.run.busy ? App.run.progressValue : App.versions.progress
            Layout.preferredWidth: Theme.px(root.room < 1150 || (root.measuring && root.room < 1400) ? 70 : 140)
        }
        AppButton {
            visible: App.run.busy || root.measuring
            implicitHeight: Theme.px(24)
            text: qsTr("Cancel")
            tip: App.run.busy ? qsTr("Stop; what is there stays (Ctrl+.)") : qsTr("Stop measuring all networks; what is there stays")
            onClicked: App.run.busy ? App.cancel() : App.versions.cancel()
        }
        Fact {
            visible: !App.run.busy && !root.crowded && root.room > 1300
            // The network is named at the top; here only where there is room for it.
            label: root.room > 1400 ? App.overview.title : qsTr("Network")
            value: App.overview.summary
        }
    }
}
