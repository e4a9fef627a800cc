import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Inceptoscope
import Inceptoscope.Models

Item {
    id: root

    function openPicture() { pictures.open() }
    function openVideo() { videos.open() }
    function openWeights() { weights.open() }
    function openLabels() { labels.open() }

    readonly property bool asking: saving.visible
    // `subject`: see SaveDialog; null where there is nothing to save yet.
    function save(subject) {
        if (subject)
            saving.ask(subject)
        else
            App.messages.say(qsTr("There is nothing to save yet: the run isn't complete."))
    }

    SaveDialog { id: saving; parent: T.Overlay.overlay }
    FileDialog {
        id: pictures
        title: qsTr("Open a picture")
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif)"), qsTr("All files (*)")]
        onAccepted: App.pictures.open(selectedFile)
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
