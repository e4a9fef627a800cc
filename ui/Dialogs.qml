import QtQuick
import QtQuick.Dialogs
import Inceptoscope.Models

Item {
    id: root

    function openPicture() { pictures.open() }
    function openWeights() { weights.open() }

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
