import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What the module on stage is called, by us and by others, and what it costs.
RowLayout {
    id: root
    height: Theme.px(54)
    spacing: Theme.px(14)

    Column {
        Layout.fillWidth: true
        AppText {
            text: App.stage.title
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        AppText {
            id: kind
            // Whole facts, as many as there is room for; all of them in the tip.
            readonly property string separator: "  ·  "
            readonly property string fitting: {
                const parts = App.stage.kindText.split(separator)
                while (parts.length > 1 && metrics.advanceWidth(parts.join(separator)) > width)
                    parts.pop()
                return parts.join(separator)
            }
            visible: text !== ""
            width: parent.width
            elide: Text.ElideRight
            text: fitting
            color: Theme.secondary
            font.weight: Font.Medium
            FontMetrics {
                id: metrics
                font: kind.font
            }
            HoverHandler { id: hover }
            Tip {
                visible: hover.hovered && kind.text !== App.stage.kindText
                text: App.stage.kindText
            }
        }
    }
    AppText {
        // The switch beside it says as much; the title goes before.
        readonly property bool missing: !App.run.hasAuxiliary
        visible: App.stage.auxiliary && (missing || !App.auxiliary && root.width > Theme.px(840))
        text: missing ? qsTr("not in these weights") : qsTr("not run by default")
        color: Theme.secondary
    }
    AppSwitch {
        visible: App.stage.auxiliary
        enabled: App.run.hasAuxiliary
        text: qsTr("Run it")
        tip: qsTr("Runs the auxiliary heads too (A)")
        checked: App.auxiliary
        onToggled: App.auxiliary = checked
    }
    Repeater {
        model: [App.stage.macsText, App.stage.paramsText, App.stage.timeText]
        AppText {
            required property int index
            required property string modelData
            visible: modelData !== ""
            text: modelData
            font.pixelSize: Theme.large
            font.weight: Font.Medium
            // The colours of the lines in the boxes below, which are shares of these.
            Rectangle {
                visible: parent.index !== 1
                anchors.top: parent.bottom
                width: parent.width
                height: Math.max(2, Theme.px(2))
                color: Theme.branch(parent.index === 0 ? 1 : 0)
            }
        }
    }
    Row {
        spacing: Theme.px(4)
        AppButton {
            glyph: "compare"
            tip: qsTr("Compare with another module, on the same input…")
            visible: App.stage.inputText !== ""
            onClicked: App.compareModule()
        }
        AppButton {
            glyph: "previous"
            tip: qsTr("Previous module (Left; Page Up for a whole group)")
            enabled: App.overview.position > 0
            onClicked: App.overview.step(-1)
        }
        AppButton {
            glyph: App.overview.playing ? "pause" : "play"
            tip: App.overview.playing ? qsTr("Stop (Space)") : qsTr("Step through the network (Space)")
            onClicked: App.overview.togglePlay()
        }
        AppButton {
            glyph: "next"
            tip: qsTr("Next module (Right; Page Down for a whole group)")
            enabled: App.overview.position + 1 < App.overview.modules.length
            onClicked: App.overview.step(1)
        }
    }
}
