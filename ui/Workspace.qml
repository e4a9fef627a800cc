import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The module, all maps of one of its ops, one map up close, what speaks for a class, or a dream.
FocusScope {
    id: root

    signal save(var subject)

    // What lies over the module, if anything does.
    readonly property Item over: App.dream.isOpen ? dream : App.evidence.isOpen ? evidence : App.channel.isOpen ? channel
        : App.stage.opened ? op : null

    // What Ctrl+S, Ctrl+C and Ctrl+E save and copy.
    function figure() {
        if (over)
            return over.figure()
        return !App.figure.ready ? null : { title: qsTr("Save the figure"), name: App.figure.title, kind: "pictures",
            formats: ["png", "svg", "pdf"], size: App.figure.size(), content: (format, scale) => App.figure.content(format, scale) }
    }
    function copy() {
        if (over)
            over.copy()
        else
            App.saver.copyImage(App.figure.picture())
    }
    function values() {
        return over && over.values ? over.values() : { title: qsTr("Save the module's ops as a table"), name: App.figure.title, kind: "documents",
            formats: ["csv"], content: () => App.saver.textContent(App.stage.csv()) }
    }

    ModuleStage {
        anchors.fill: parent
        visible: root.over === null
        onSave: root.save(root.figure())
        onCopy: root.copy()
    }
    OpStage {
        id: op
        anchors.fill: parent
        visible: root.over === op
        onVisibleChanged: {
            if (visible)
                takeFocus()
            else
                focus = false
        }
    }
    ChannelView {
        id: channel
        anchors.fill: parent
        visible: root.over === channel
        onSave: subject => root.save(subject)
        onVisibleChanged: {
            // Hidden, it must not keep the keys.
            if (visible)
                forceActiveFocus()
            else
                focus = false
        }
    }
    EvidenceView {
        id: evidence
        anchors.fill: parent
        visible: root.over === evidence
        onVisibleChanged: {
            if (visible)
                forceActiveFocus()
            else
                focus = false
        }
    }
    DreamView {
        id: dream
        anchors.fill: parent
        visible: root.over === dream
        onSave: subject => root.save(subject)
        onVisibleChanged: {
            if (visible)
                forceActiveFocus()
            else
                focus = false
        }
    }
}
