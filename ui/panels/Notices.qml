import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What the window has to say: a message about the last request, weights that are being fetched,
// and a warning that the weights are random. They lie over the lower edge of the view.
Column {
    id: root
    property bool randomShown: true
    // A lesson says itself what its maps are of.
    readonly property bool randomVisible: randomShown && App.run.weightsKnown && !App.run.trained && !App.lessons.open
    readonly property bool offerVisible: App.settings.lessonsOffered && !App.lessons.begun && !App.lessons.open && App.view === "modules"
    // Closes the one of them on top that stays until somebody has read it; false without one.
    function dismiss() {
        if (offerVisible)
            App.settings.lessonsOffered = false
        else if (randomVisible)
            randomDismissed()
        else
            return false
        return true
    }
    signal openWeights
    signal fetchWeights
    signal randomDismissed
    spacing: Theme.px(6)

    NoticeBar {
        width: parent.width
        visible: App.messages.text !== ""
        glyph: App.messages.isError ? "warning" : "info"
        error: App.messages.isError
        text: App.messages.text
        dismissTip: qsTr("Dismiss the message (Esc)")
        onDismissed: App.messages.dismiss()
    }
    SavedNotice { width: parent.width }
    NoticeBar {
        width: parent.width
        visible: App.fetch.running
        glyph: "weights"
        text: App.fetch.progressText
        ProgressLine {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(root.width < Theme.px(700) ? 120 : 220)
            value: App.fetch.progressValue
        }
        AppButton {
            text: qsTr("Cancel")
            tip: qsTr("Stop fetching; what is there is kept, to go on from it another time")
            onClicked: App.fetch.cancel()
        }
    }
    NoticeBar {
        width: parent.width
        visible: root.offerVisible
        glyph: "view-lessons"
        text: qsTr("New here? Short lessons explain these networks, on your own picture.")
        dismissTip: qsTr("Dismiss (Esc); Lessons at the left has them")
        onDismissed: App.settings.lessonsOffered = false
        AppButton {
            primary: true
            text: qsTr("Start the first lesson")
            onClicked: App.lessons.start(App.lessons.chapters[0].lessons[0].id)
        }
    }
    NoticeBar {
        width: parent.width
        visible: root.randomVisible
        glyph: "info"
        dismissTip: qsTr("Dismiss for good (Esc); Weights at the lower edge brings it back")
        onDismissed: root.randomDismissed()
        text: qsTr("The weights are random: shapes, costs and times are real, but what the maps show and which classes come out mean nothing.")
        AppButton {
            visible: App.weights.remembered
            text: qsTr("Forget weights")
            tip: qsTr("Don't try the weights of last time again at the next start")
            onClicked: App.weights.forget()
        }
        AppButton {
            visible: App.fetch.offered && !App.fetch.running
            primary: true
            text: App.fetch.installed ? qsTr("Use fetched weights") : qsTr("Fetch weights (%1)…").arg(App.fetch.sizeText)
            tip: App.fetch.installed ? qsTr("Open the trained weights that were fetched before")
                                     : qsTr("Download trained weights; first says from where and under which licence")
            onClicked: App.fetch.installed ? App.fetch.start() : root.fetchWeights()
        }
        AppButton {
            primary: !App.fetch.offered
            text: qsTr("Open weights…")
            tip: qsTr("Open trained weights: safetensors, ONNX or PyTorch (Ctrl+Shift+O)")
            onClicked: root.openWeights()
        }
    }
}
