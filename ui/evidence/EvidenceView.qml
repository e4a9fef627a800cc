import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Why this class? What the network sees wears its evidence, by one method after the other.
FocusScope {
    id: root

    readonly property var evidence: App.evidence
    readonly property real margin: Theme.px(16)
    readonly property real side: Math.max(Theme.px(120),
        Math.min((width - 3 * margin) * 0.52, height - y0 - legend.height - 2 * Theme.px(8)))
    readonly property real y0: choice.y + choice.height + Theme.px(10)

    function figure() {
        return { title: qsTr("Save the picture with its evidence"), name: evidence.title, kind: "pictures", formats: ["png"],
            why: qsTr("Only as PNG: a photograph and its evidence are pixels, which an SVG or PDF would not make sharper."),
            size: evidence.figureSize, content: (format, scale) => evidence.content(scale) }
    }
    function copy() { App.saver.copyImage(evidence.picture) }
    function values() {
        return !evidence.found ? null : { title: qsTr("Save the map's values"), name: evidence.title, kind: "documents", formats: ["csv"],
            content: () => App.saver.textContent(evidence.csv()) }
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Why this class?")


    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    AppText {
        id: heading
        x: root.margin
        y: Theme.px(10)
        width: back.x - x - Theme.space
        text: root.evidence.isOpen ? qsTr("Why “%1”?").arg(root.evidence.className) : ""
        font.pixelSize: root.width < Theme.px(560) ? Theme.large : Theme.title
        font.weight: Font.DemiBold
        elide: Text.ElideRight
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    AppButton {
        id: back
        anchors.right: parent.right
        anchors.rightMargin: root.margin
        y: Theme.px(8)
        glyph: "close"
        readonly property string goes: App.channel.isOpen ? qsTr("Back to channel") : qsTr("Back to module")
        text: root.width < Theme.px(560) ? "" : goes
        tip: qsTr("%1 (Esc)").arg(goes)
        onClicked: root.evidence.close()
    }
    // As many rows as the window's width asks for.
    Flow {
        id: choice
        x: root.margin
        y: Math.max(heading.y + heading.height, back.y + back.height) + Theme.px(8)
        width: root.width - 2 * x
        spacing: Theme.px(6)
        Repeater {
            model: root.evidence.methods
            AppButton {
                required property int index
                required property var modelData
                implicitHeight: Theme.px(30)
                text: modelData.title
                enabled: modelData.live || !root.evidence.live
                tip: enabled ? modelData.about : qsTr("%1 takes too long for live pictures: pause first").arg(modelData.title)
                checked: root.evidence.method === index
                Accessible.role: Accessible.RadioButton
                Accessible.checked: checked
                onClicked: root.evidence.method = index
            }
        }
    }
    Rectangle {
        anchors.fill: map
        color: Theme.emptyTile
    }
    ImageItem {
        id: map
        x: root.margin
        y: root.y0
        width: root.side
        height: root.side
        image: root.evidence.picture
        opacity: root.evidence.found ? 1 : 0.5
        Accessible.role: Accessible.Graphic
        Accessible.name: root.evidence.found
            ? qsTr("The picture with its evidence for %1, %2").arg(root.evidence.className).arg(root.evidence.place)
            : qsTr("The picture, without evidence yet")
    }
    EvidenceLegend {
        id: legend
        x: map.x
        y: map.y + map.height + Theme.px(6)
        width: map.width
    }
    EvidenceFacts {
        x: map.x + map.width + root.margin
        y: map.y
        width: root.width - x - root.margin
        height: root.height - y - Theme.px(4)
    }
}
