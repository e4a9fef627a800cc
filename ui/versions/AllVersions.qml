import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Every network in a table that fills row by row as they are measured, and in a chart.
Item {
    id: root

    signal save(var subject)

    function figure() { return chart.figure() }
    function copy() { chart.copy() }
    function values() {
        return { title: qsTr("Save the table"), name: qsTr("Inception versions"), kind: "documents", formats: ["csv"],
            content: () => App.saver.textContent(root.model.csv()) }
    }

    readonly property var model: App.versions
    readonly property var sizes: [0, 224, 299]

    RowLayout {
        id: tools
        width: parent.width
        height: Theme.px(34)
        spacing: Theme.space
        AppButton {
            visible: !root.model.running
            primary: true
            glyph: "play"
            text: qsTr("Measure all")
            tip: qsTr("Runs one network after the other on the picture: a warm-up, then the median of eleven runs, each in turn with one of GoogLeNet")
            enabled: App.run.device !== ""
            onClicked: root.model.measure()
        }
        AppButton {
            visible: root.model.running
            glyph: "close"
            text: qsTr("Cancel")
            tip: qsTr("Stop measuring; what is there stays")
            onClicked: root.model.cancel()
        }
        AppText {
            id: said
            visible: root.model.running
            text: root.model.progressText
            elide: Text.ElideRight
            Layout.fillWidth: true
            Layout.minimumWidth: Theme.px(60)
            Layout.maximumWidth: implicitWidth + 1
            HoverHandler { id: hover }
            HoverTip {
                when: hover.hovered && said.truncated
                text: said.text
            }
        }
        ProgressLine {
            visible: root.model.running
            value: root.model.progress
            Layout.preferredWidth: Theme.px(120)
        }
        Item { Layout.fillWidth: true }
        AppText {
            text: qsTr("Input")
            color: Theme.secondary
        }
        Segmented {
            name: qsTr("Input size")
            tip: qsTr("Each network on its own input, or all on the same: GoogLeNet at 224 and v3 at 299 aren't a fair comparison")
            options: [qsTr("own"), qsTr("all 224"), qsTr("all 299")]
            current: root.sizes.indexOf(root.model.inputSize)
            onPicked: index => root.model.inputSize = root.sizes[index]
        }
        AppText {
            text: qsTr("Accuracy")
            color: Theme.secondary
        }
        Segmented {
            name: qsTr("Accuracy")
            tip: qsTr("As papers print it, or of weights that can be had; each figure tells its source")
            options: [qsTr("published"), qsTr("released weights")]
            current: root.model.released ? 1 : 0
            onPicked: index => root.model.released = index === 1
        }
        AppButton {
            glyph: "save"
            tip: qsTr("Save the table as CSV (Ctrl+E)")
            onClicked: root.save(root.values())
        }
    }
    // All of it at once where it fits; in a low window the page scrolls.
    ScrollPage {
        id: page
        anchors.top: tools.bottom
        anchors.topMargin: Theme.px(8)
        anchors.bottom: parent.bottom
        width: parent.width
        readonly property real chartTop: chartTools.y + chartTools.height + Theme.px(4)
        contentHeight: Math.max(height, chartTop + Math.max(Theme.px(300), chart.neededHeight))
        // Its columns need more than the narrowest windows have.
        WideStrip {
            id: table
            width: parent.width
            least: versions.least
            inside: versions.implicitHeight
            VersionTable {
                id: versions
                width: table.contentWidth
            }
        }
        AppText {
            id: notes
            anchors.top: table.bottom
            anchors.topMargin: Theme.px(5)
            width: parent.width
            text: root.model.footnotes
            wrapMode: Text.Wrap
            color: Theme.secondary
            font.pixelSize: Theme.tiny
        }
        RowLayout {
            id: chartTools
            anchors.top: notes.bottom
            anchors.topMargin: Theme.px(6)
            width: parent.width
            height: Theme.px(32)
            spacing: Theme.space
            Segmented {
                name: qsTr("Chart")
                options: [qsTr("Accuracy against MACs"), qsTr("against time"), qsTr("Params"), qsTr("MACs"), qsTr("Memory"), qsTr("Time")]
                current: root.model.chartKind
                onPicked: index => root.model.chartKind = index
            }
            Item {
                visible: root.model.selected.length === 2
                Layout.fillWidth: true
            }
            AppText {
                visible: root.model.selected.length < 2
                Layout.fillWidth: true
                Layout.minimumWidth: 0
                horizontalAlignment: Text.AlignRight
                elide: Text.ElideRight
                text: qsTr("Select two to see what changed between them")
                color: Theme.secondary
            }
            AppButton {
                visible: root.model.selected.length === 2
                text: qsTr("What changed between the two")
                tip: qsTr("Stage by stage: modules, grids, widths, kernels, costs")
                onClicked: root.model.showDifference()
            }
            AppButton {
                glyph: "save"
                tip: qsTr("Save the chart as PNG, SVG or PDF (Ctrl+S)")
                onClicked: root.save(root.figure())
            }
        }
        ChartView {
            id: chart
            anchors.top: chartTools.bottom
            anchors.topMargin: Theme.px(4)
            width: parent.width
            height: page.contentHeight - y
            name: qsTr("Versions of the Inception network")
            chart: root.model.chart
            selected: root.model.chartSelected
            onPicked: index => root.model.toggleInChart(index)
        }
    }
}
