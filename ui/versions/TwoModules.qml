import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Two modules on the same input: drawn with their maps, and what they differ in.
Item {
    id: root

    readonly property var pair: App.pair

    function figure() {
        return { title: qsTr("Save the figure"), name: qsTr("%1 and %2").arg(pair.first.title).arg(pair.second.title), kind: "pictures",
            formats: ["png", "svg", "pdf"], size: pair.figureSize(), content: (format, scale) => pair.content(format, scale) }
    }
    function values() {
        return { title: qsTr("Save the table"), name: qsTr("%1 and %2").arg(pair.first.title).arg(pair.second.title), kind: "documents", formats: ["csv"],
            content: () => App.saver.textContent(App.saver.csv(pair.differences, ["label", "first", "second", "change"],
                ["figure", pair.first.title, pair.second.title, "change"])) }
    }
    readonly property real half: (width - Theme.px(46)) / 2

    RowLayout {
        id: choices
        width: parent.width
        height: Theme.px(34)
        spacing: Theme.px(6)
        ModuleChoice {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            side: root.pair.first
            name: qsTr("Left")
        }
        AppButton {
            glyph: "swap"
            tip: qsTr("Swap the two")
            onClicked: root.pair.swap()
        }
        ModuleChoice {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            side: root.pair.second
            name: qsTr("Right")
        }
    }
    RowLayout {
        id: input
        anchors.top: choices.bottom
        anchors.topMargin: Theme.px(6)
        width: parent.width
        height: Theme.px(32)
        spacing: Theme.space
        AppText {
            text: qsTr("Input of both")
            color: Theme.secondary
        }
        Segmented {
            name: qsTr("Input of both")
            tip: qsTr("The input that a module has in its network; the other is built anew for it")
            options: root.pair.inputChoices
            current: root.pair.inputOf
            onPicked: index => root.pair.inputOf = index
        }
        AppText {
            Layout.fillWidth: true
            visible: !root.pair.measuring
            text: root.pair.inputText
            elide: Text.ElideRight
            color: Theme.secondary
            font.pixelSize: Theme.small
        }
        MeasuringRow {
            Layout.fillWidth: root.pair.measuring
            model: root.pair
        }
    }
    // In a low window table and drawings scroll together.
    ScrollPage {
        id: page
        anchors.top: input.bottom
        anchors.topMargin: Theme.px(8)
        anchors.bottom: parent.bottom
        width: parent.width
        // One below the other where they would be too narrow.
        readonly property bool stacked: width < Theme.px(860)
        readonly property real needed: Math.max(Theme.px(300), first.neededHeight, second.neededHeight)
        contentHeight: Math.max(height, sides.y + (stacked ? 2 * needed + Theme.px(12) : needed))
        WideStrip {
            id: table
            width: parent.width
            least: Theme.px(900)
            inside: figures.implicitHeight
            PairTable {
                id: figures
                width: table.contentWidth
                rows: root.pair.differences
            }
        }
        Item {
            id: sides
            anchors.top: table.bottom
            anchors.topMargin: Theme.px(8)
            width: parent.width
            height: page.contentHeight - y
            // Apart: what a side needs in height follows from its width.
            readonly property real eachWidth: page.stacked ? width : (width - Theme.px(16)) / 2
            readonly property real eachHeight: page.stacked ? (height - Theme.px(12)) / 2 : height
            PairSide {
                id: first
                width: parent.eachWidth
                height: parent.eachHeight
                seenFrom: page.contentY - sides.y - y
                seenTo: seenFrom + page.height
                side: root.pair.first
            }
            PairSide {
                id: second
                x: parent.width - width
                y: parent.height - height
                width: parent.eachWidth
                height: parent.eachHeight
                seenFrom: page.contentY - sides.y - y
                seenTo: seenFrom + page.height
                side: root.pair.second
            }
        }
    }
}
