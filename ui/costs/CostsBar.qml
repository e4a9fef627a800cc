import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What the Costs view shows and how.
RowLayout {
    id: root

    signal saveChart
    signal saveTable

    readonly property int tab: App.settings.costsTab

    // Choices fold up where all their words would not fit.
    readonly property bool narrow: Theme.windowWidth < Theme.px(980)
    readonly property var levels: [4, 3, 2, 1, 0]
    readonly property var levelTitles: [qsTr("Ops"), qsTr("Branches"), qsTr("Modules"), qsTr("Groups"), qsTr("Network")]
    readonly property var areas: App.costs.hasTimes ? [qsTr("MACs"), qsTr("Params"), qsTr("Time")] : [qsTr("MACs"), qsTr("Params")]

    spacing: Theme.space

    Segmented {
        name: qsTr("Costs as")
        tip: qsTr("A table beside the whole network, counted and measured shares side by side, or each op under the roofs of this device")
        options: [qsTr("Parts"), qsTr("Shares"), qsTr("Roofline")]
        current: root.tab
        onPicked: index => App.settings.costsTab = index
    }
    Segmented {
        visible: root.tab === 0 && !root.narrow
        name: qsTr("Rows")
        tip: qsTr("What a row of the table is")
        options: root.levelTitles
        current: root.levels.indexOf(App.costs.table.level)
        onPicked: index => App.costs.table.level = root.levels[index]
    }
    Picker {
        visible: root.tab === 0 && root.narrow
        name: qsTr("Rows")
        tip: qsTr("What a row of the table is")
        Layout.preferredWidth: Theme.px(112)
        model: root.levelTitles
        currentIndex: root.levels.indexOf(App.costs.table.level)
        onActivated: index => App.costs.table.level = root.levels[index]
    }
    SearchField {
        visible: root.tab === 0
        name: qsTr("Filter")
        Layout.fillWidth: true
        Layout.minimumWidth: Theme.px(80)
        Layout.maximumWidth: Theme.px(170)
        placeholderText: width < Theme.px(165) ? qsTr("Filter…") : qsTr("Filter: 3x3, 4a, memory…")
        text: App.costs.table.filter
        onTextEdited: App.costs.table.filter = text
        onTextChanged: if (text === "") App.costs.table.filter = ""
    }
    AppButton {
        visible: root.tab === 0
        glyph: "copy"
        tip: qsTr("Copy the table, for a spreadsheet (Ctrl+C)")
        onClicked: App.saver.copyText(App.costs.tableText())
    }
    AppButton {
        visible: root.tab === 0
        glyph: "table"
        tip: qsTr("Save the table as CSV (Ctrl+E)")
        onClicked: root.saveTable()
    }
    AppText {
        visible: root.tab === 2
        text: App.costs.hasPeaks ? App.costs.peaksText : qsTr("The device's peaks are measured once the run is over…")
        color: Theme.secondary
        Layout.fillWidth: true
        wrapMode: Text.Wrap
        maximumLineCount: 2
        elide: Text.ElideRight
        font.pixelSize: root.narrow ? Theme.small : Theme.body
    }
    Item {
        visible: root.tab !== 2
        Layout.fillWidth: true
    }
    Picker {
        visible: root.tab === 0 && root.narrow
        name: qsTr("Area")
        tip: qsTr("What the height of a cell stands for")
        Layout.preferredWidth: Theme.px(100)
        model: root.areas
        currentIndex: App.costs.area
        onActivated: index => App.costs.area = index
    }
    Segmented {
        visible: root.tab === 0 && !root.narrow
        name: qsTr("Area")
        tip: qsTr("What the height of a cell stands for")
        options: root.areas
        current: App.costs.area
        onPicked: index => App.costs.area = index
    }
    AppButton {
        glyph: "save"
        tip: qsTr("Save the chart as PNG, SVG or PDF (Ctrl+S)")
        onClicked: root.saveChart()
    }
}
