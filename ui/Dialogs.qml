import QtQuick
import QtQuick.Dialogs
import Inceptoscope.Models

Item {
    id: root

    function openPicture() { pictures.open() }
    function openVideo() { videos.open() }
    function openWeights() { weights.open() }
    function openLabels() { labels.open() }

    // `source`: App.costs or App.versions
    function saveTable(source) {
        tables.source = source
        tables.open()
    }
    // `chart`: a ChartView
    function saveChart(chart) {
        charts.chart = chart
        charts.open()
    }

    FileDialog {
        id: tables
        property var source: null
        title: qsTr("Save the table")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "csv"
        nameFilters: [qsTr("CSV (*.csv)")]
        onAccepted: if (source) App.say(source.saveTable(selectedFile))
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
        id: videos
        title: qsTr("Open a video")
        nameFilters: [qsTr("Videos (*.mp4 *.webm *.mkv *.avi *.mov *.m4v *.ogv *.mpg *.mpeg)"), qsTr("All files (*)")]
        onAccepted: App.openVideo(selectedFile)
    }
    FileDialog {
        id: weights
        title: qsTr("Open weights")
        nameFilters: [qsTr("Weights (*.safetensors *.onnx *.pth *.pt)"), qsTr("All files (*)")]
        onAccepted: App.openWeights(selectedFile)
    }
    FileDialog {
        id: labels
        title: qsTr("Open labels")
        nameFilters: [qsTr("Class names (*.txt *.json *.labels *.names)"), qsTr("All files (*)")]
        onAccepted: App.openLabels(selectedFile)
    }
}
