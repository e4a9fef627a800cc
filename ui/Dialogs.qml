import QtQuick
import QtQuick.Templates as T
import Inceptoscope
import Inceptoscope.Models

Item {
    id: root

    function openPicture() { open("picture") }
    function openVideo() { open("video") }
    function openWeights() { open("weights") }
    function openLabels() { open("labels") }

    readonly property bool asking: saving.visible || opening.visible
    function open(kind) {
        if (!asking)
            opening.ask(kind)
    }
    // `subject`: see SaveDialog; null where there is nothing to save yet.
    function save(subject) {
        if (subject)
            saving.ask(subject)
        else
            App.messages.say(qsTr("There is nothing to save yet: the run isn't complete."))
    }

    SaveDialog { id: saving; parent: T.Overlay.overlay }
    OpenDialog { id: opening; parent: T.Overlay.overlay }
}
