import QtQuick
import QtQuick.Dialogs
import Inceptoscope.Models

Item {
    id: root

    function openPicture() { pictures.open() }
    function openWeights() { weights.open() }

    function saveTable() { tables.open() }
    // `chart`: a ChartView
    function saveChart(chart) {
        charts.chart = chart
        charts.open()
    }

    function saveTable() { table.open() }

    FileDialog {
        id: table
        title: qsTr("Save the table of versions")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "csv"
        nameFilters: [qsTr("CSV (*.csv)")]
        onAccepted: App.say(App.versions.saveTable(selectedFile))
    }
    FileDialog {
        id: tables
        title: qsTr("Save the table")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "csv"
        nameFilters: [qsTr("CSV (*.csv)")]
        onAccepted: App.say(App.costs.saveTable(selectedFile))
    }
    FileDialog {
        id: charts
        property var chart: null
        title: qsTr("Save the chart")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "svg"
        nameFilters: [qsTr("SVG (*.svg)"), qsTr("PNG (*.png)")]
        onAccepted: if (chart) App.say(chart.save(selectedFile))
    }
    FileDialog {
        id: pictures
        title: qsTr("Open a picture")
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif)"), qsTr("All files (*)")]
        onAccepted: App.openPicture(selectedFile)
    }
    FileDialog {
        id: weights
        title: qsTr("Open weights")
        nameFilters: [qsTr("Weights (*.safetensors *.onnx *.pth *.pt)"), qsTr("All files (*)")]
        onAccepted: App.openWeights(selectedFile)
    }
}
