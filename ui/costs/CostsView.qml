import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What every part of the network costs, counted and measured: as a table beside the whole, as
// shares side by side, and under the roofline of the device.
FocusScope {
    id: root

    signal save(var subject)

    readonly property int tab: App.settings.costsTab
    readonly property var chart: tab === 0 ? icicle : tab === 1 ? bars : roofline

    // What Ctrl+S, Ctrl+C and Ctrl+E save and copy.
    function figure() { return chart.figure() }
    function copy() { tab === 0 ? App.saver.copyText(App.costs.tableText()) : chart.copy() }
    function values() {
        return { title: qsTr("Save the table"), name: qsTr("%1 costs").arg(App.network), kind: "documents", formats: ["csv"],
            content: () => App.saver.textContent(App.costs.table.csv()) }
    }

    Component.onCompleted: App.measurePeaks()

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.space

        CostsBar {
            Layout.fillWidth: true
            onSaveChart: root.save(root.figure())
            onSaveTable: root.save(root.values())
        }
        RowLayout {
            visible: root.tab === 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.space
            CostTableView {
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
            ChartView {
                id: icicle
                // The table comes first where both are short of room.
                Layout.preferredWidth: Math.round(root.width * (root.width < Theme.px(860) ? 0.2 : root.width < Theme.px(1150) ? 0.28 : 0.36))
                Layout.fillHeight: true
                name: qsTr("%1: share of the %2").arg(App.overview.title).arg([qsTr("MACs"), qsTr("params"), qsTr("time")][App.costs.area])
                chart: App.costs.icicle
                selected: App.costs.selected >= 0 ? [App.costs.selected] : []
                onPicked: index => App.costs.selected = index
                onOpened: index => App.showModuleOf(App.costs.moduleOf(index))
            }
        }
        ChartView {
            id: bars
            visible: root.tab === 1
            Layout.fillWidth: true
            Layout.fillHeight: true
            name: qsTr("%1: counted and measured shares").arg(App.overview.title)
            chart: App.costs.bars
            selected: App.costs.selectedBar >= 0 ? [App.costs.selectedBar] : []
            onPicked: index => App.costs.selectBar(index)
            onOpened: App.showModuleOf(App.costs.moduleOf(App.costs.selected))
        }
        ChartView {
            id: roofline
            visible: root.tab === 2
            Layout.fillWidth: true
            Layout.fillHeight: true
            name: qsTr("%1 under the roofline of %2").arg(App.overview.title).arg(App.run.device)
            chart: App.costs.roofline
            selected: App.costs.selectedDot >= 0 ? [App.costs.selectedDot] : []
            onPicked: index => App.costs.selectDot(index)
            onOpened: App.showModuleOf(App.costs.moduleOf(App.costs.selected))
        }
        CostFacts { Layout.fillWidth: true }
    }
    Shortcut { sequence: "Ctrl+Shift+C"; onActivated: App.saver.copyText(App.costs.tableText()) }
}
