import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What the module on stage is called, by us and by others, and what it costs.
RowLayout {
    id: root
    height: Theme.px(54)
    spacing: Theme.px(14)
    readonly property bool tiny: width < Theme.px(680)

    signal save
    signal copy

    readonly property var costs: [App.stage.macsText, App.stage.paramsText, App.stage.timeText]
    // Then the costs stand in the second line.
    readonly property bool narrow: Theme.windowWidth < Theme.px(App.stage.auxiliary ? 1440 : App.stage.question ? 1250 : 1200)

    Column {
        Layout.fillWidth: true
        AppText {
            width: parent.width
            elide: Text.ElideRight
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
                const parts = [...(root.narrow ? root.costs : []), ...App.stage.kindText.split(separator)].filter(s => s)
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
                text: (root.narrow ? root.costs.filter(s => s).join(" · ") + "\n" : "") + App.stage.kindText
            }
        }
    }
    AppText {
        // The switch beside it says as much; the title goes before.
        readonly property bool missing: !App.run.hasAuxiliary
        visible: App.stage.auxiliary && (missing || !App.auxiliary && root.width > Theme.px(800))
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
        // The same three always: a layout whose items are exchanged while its size changes crashes
        // (Qt 6.4).
        model: 3
        LinkText {
            required property int index
            visible: text !== "" && !root.narrow
            text: root.costs[index]
            tip: qsTr("%1 of %2: see it among the whole network's costs").arg(text).arg(App.stage.title)
            font.pixelSize: Theme.large
            font.weight: Font.Medium
            underlined: false
            onClicked: App.showCosts()
            // The colours of the lines in the boxes below, which are shares of these.
            Rectangle {
                anchors.top: parent.bottom
                width: parent.width
                height: Math.max(2, Theme.px(2))
                color: parent.index === 1 ? (parent.hovered ? Theme.secondary : "transparent") : Theme.branch(parent.index === 0 ? 1 : 0)
            }
        }
    }
    AppButton {
        visible: App.stage.inputText !== ""
        glyph: "compare"
        text: App.stage.question && Theme.windowWidth > Theme.px(880) ? App.stage.question : (Theme.windowWidth < Theme.px(1240) ? "" : qsTr("Compare…"))
        tip: App.stage.question ? qsTr("Sets this module beside the one without 1×1 convolutions in front, on the same input")
            : qsTr("Compare with another module, on the same input…")
        onClicked: App.compareModule()
    }
    Row {
        spacing: Theme.px(4)
        AppButton {
            visible: !root.tiny
            glyph: "save"
            text: root.width > Theme.px(1280) ? qsTr("Save figure…") : ""
            tip: qsTr("Save figure: this module with its maps, as PNG, SVG or PDF (Ctrl+S)")
            onClicked: root.save()
        }
        AppButton {
            visible: !root.tiny
            glyph: "copy"
            text: root.width > Theme.px(1280) ? qsTr("Copy figure") : ""
            tip: qsTr("Copy figure: this module with its maps, for a slide (Ctrl+C)")
            onClicked: root.copy()
        }
        AppButton {
            visible: !root.tiny
            glyph: "dream"
            tip: App.dream.possible ? qsTr("Dream: amplify in the picture what this module sees (D)") : App.dream.reason
            enabled: App.dream.possible
            onClicked: App.dream.open()
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
