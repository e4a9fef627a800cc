import QtQuick
import QtQuick.Layouts
import Inceptoscope

// How a measurement goes: what it waits for, or how far it is and how long it still takes, and the
// way to end it; once it was ended, the way to begin it. `model` has measuring, cancelled, progress,
// progressText, cancel() and measureAgain().
RowLayout {
    id: root

    required property var model

    visible: model.measuring || model.cancelled
    spacing: Theme.space

    AppText {
        id: said
        visible: root.model.measuring
        text: root.model.progressText
        elide: Text.ElideRight
        color: Theme.secondary
        Layout.fillWidth: true
        Layout.minimumWidth: Theme.px(60)
        Layout.maximumWidth: implicitWidth + 1
        Accessible.role: Accessible.StaticText
        Accessible.name: text
        HoverHandler { id: hover }
        HoverTip {
            when: hover.hovered && said.truncated
            text: said.text
        }
    }
    ProgressLine {
        visible: root.model.measuring
        value: root.model.progress
        Layout.fillWidth: true
        Layout.minimumWidth: Theme.px(40)
        Layout.maximumWidth: Theme.px(200)
    }
    AppButton {
        visible: root.model.measuring
        implicitHeight: Theme.px(28)
        glyph: "close"
        text: root.width < Theme.px(300) ? "" : qsTr("Cancel")
        Accessible.name: qsTr("Cancel")
        tip: qsTr("Stop measuring; what is there stays")
        onClicked: root.model.cancel()
    }
    AppButton {
        visible: root.model.cancelled
        implicitHeight: Theme.px(28)
        glyph: "play"
        text: qsTr("Measure")
        tip: qsTr("Measuring was cancelled; this begins it again")
        onClicked: root.model.measureAgain()
    }
    Item { Layout.fillWidth: true }
}
