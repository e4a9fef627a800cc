import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What the window has to say: a message about the last request, and a warning as long as the
// weights are random.
Column {
    id: root
    signal openWeights

    NoticeBar {
        width: parent.width
        visible: App.message !== ""
        glyph: App.messageIsError ? "warning" : "info"
        error: App.messageIsError
        text: App.message
        AppButton {
            glyph: "close"
            flatLook: true
            tip: qsTr("Dismiss the message (Esc)")
            onClicked: App.dismissMessage()
        }
    }
    NoticeBar {
        width: parent.width
        visible: App.run.weightsKnown && !App.run.trained
        glyph: "info"
        text: qsTr("The weights are random: shapes, costs and times are real, but what the maps show and the class names mean nothing.")
        AppButton {
            visible: App.hasRememberedWeights
            text: qsTr("Forget weights")
            tip: qsTr("Don't try the weights of last time again at the next start")
            onClicked: App.forgetWeights()
        }
        AppButton {
            primary: true
            text: qsTr("Open weights…")
            tip: qsTr("Open trained weights: safetensors, ONNX or PyTorch (Ctrl+W)")
            onClicked: root.openWeights()
        }
    }
}
