import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The five most probable classes, once the run is complete.
Column {
    id: root
    spacing: Theme.px(5)

    signal fetchWeights

    AppText {
        visible: App.run.top.length === 0
        width: parent.width
        wrapMode: Text.Wrap
        text: App.networkFacts.embedding ? qsTr("No classes: this network ends in an embedding, a point for each picture.")
            : App.run.deviceError ? qsTr("Needs a Vulkan device.") : qsTr("Comes when the run is complete.")
        color: Theme.secondary
    }
    // What one may expect of the weights.
    AppText {
        visible: text !== ""
        width: parent.width
        wrapMode: Text.Wrap
        text: App.knowledge.sentence
        color: Theme.secondary
        font.pixelSize: Theme.small
    }
    // Numbers without names need a reason.
    AppText {
        visible: App.run.weightsKnown && !App.run.trained && App.run.top.length > 0 && App.run.labelsTitle === ""
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("Numbers, not names: random weights have learnt no classes.")
        color: Theme.secondary
        font.pixelSize: Theme.small
    }
    Repeater {
        // As many rows as before take the next values: live, that happens many times a second.
        model: App.run.top.length
        Item {
            id: row
            required property int index
            readonly property var modelData: App.run.top[index] || {index: -1, label: "", fullLabel: "", text: "", probability: 0}
            readonly property bool asked: App.evidence.isOpen && App.evidence.classIndex === modelData.index
            readonly property bool asks: App.evidence.available
            function ask() { if (asks) App.evidence.ask(modelData.index) }
            width: root.width
            implicitHeight: label.implicitHeight + Theme.px(8)
            opacity: App.run.complete ? 1 : 0.5
            activeFocusOnTab: asks
            Keys.onReturnPressed: ask()
            Keys.onEnterPressed: ask()
            Keys.onSpacePressed: ask()
            Accessible.role: asks ? Accessible.Button : Accessible.StaticText
            Accessible.name: modelData.fullLabel + ", " + modelData.text
            Accessible.description: asks ? qsTr("Why this class?") : ""
            Accessible.onPressAction: ask()
            AppText {
                id: label
                anchors.left: parent.left
                anchors.right: value.left
                anchors.rightMargin: Theme.space
                text: row.modelData.label
                elide: Text.ElideRight
                font.weight: row.asked ? Font.DemiBold : Font.Medium
                font.underline: row.asks && hover.hovered
                font.pixelSize: Theme.px(14)
            }
            AppText {
                id: value
                anchors.right: parent.right
                text: row.modelData.text
                font.pixelSize: Theme.px(14)
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: Theme.px(5)
                radius: height / 2
                color: Theme.line
                Rectangle {
                    width: Math.max(parent.height, parent.width * row.modelData.probability)
                    height: parent.height
                    radius: parent.radius
                    color: Theme.accent
                }
            }
            FocusRing {
                shown: row.activeFocus
                anchors.margins: -Theme.px(2)
            }
            HoverHandler {
                id: hover
                cursorShape: row.asks ? Qt.PointingHandCursor : Qt.ArrowCursor
            }
            TapHandler { onTapped: row.ask() }
            Tip {
                text: row.modelData.fullLabel + (row.asks ? "\n" + qsTr("Click: why this class?") : "")
                visible: hover.hovered
            }
        }
    }
    Row {
        visible: App.knowledge.photographs !== "" && !App.fetch.running
        width: parent.width
        spacing: Theme.space
        AppText {
            width: parent.width - fetch.width - parent.spacing
            height: fetch.height
            wrapMode: Text.Wrap
            text: App.knowledge.photographs
            color: Theme.secondary
            font.pixelSize: Theme.small
        }
        AppButton {
            id: fetch
            implicitHeight: Theme.px(28)
            textSize: Theme.small
            text: App.fetch.installed ? qsTr("Use them") : qsTr("Fetch %1…").arg(App.fetch.sizeText)
            tip: App.fetch.installed ? qsTr("Open the trained weights that were fetched before")
                                     : qsTr("Download trained weights; first says from where and under which licence")
            onClicked: App.fetch.installed ? App.fetch.start() : root.fetchWeights()
        }
    }
}
