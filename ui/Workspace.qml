import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The module, all maps of one of its ops, one map up close, or what speaks for a class.
FocusScope {
    id: root

    signal save(var subject)

    readonly property bool asked: App.evidence.isOpen

    // What Ctrl+S, Ctrl+C and Ctrl+E save and copy.
    function figure() {
        if (asked)
            return evidence.figure()
        if (App.channel.isOpen)
            return channel.figure()
        if (App.stage.opened)
            return op.figure()
        return !App.figure.ready ? null : { title: qsTr("Save the figure"), name: App.figure.title, kind: "pictures",
            formats: ["png", "svg", "pdf"], size: App.figure.size(), content: (format, scale) => App.figure.content(format, scale) }
    }
    function copy() {
        if (asked)
            evidence.copy()
        else if (App.channel.isOpen)
            channel.copy()
        else if (App.stage.opened)
            op.copy()
        else
            App.saver.copyImage(App.figure.picture())
    }
    function values() {
        const shown = asked ? evidence : App.channel.isOpen ? channel : App.stage.opened ? op : null
        return shown ? shown.values() : { title: qsTr("Save the module's ops as a table"), name: App.figure.title, kind: "documents",
            formats: ["csv"], content: () => App.saver.textContent(App.stage.csv()) }
    }

    ModuleStage {
        anchors.fill: parent
        visible: !root.asked && !App.channel.isOpen && App.stage.opened === null
        onSave: root.save(root.figure())
        onCopy: root.copy()
    }
    OpStage {
        id: op
        anchors.fill: parent
        visible: !root.asked && !App.channel.isOpen && App.stage.opened !== null
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
        visible: !root.asked && App.channel.isOpen
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
        visible: root.asked
        onVisibleChanged: {
            if (visible)
                forceActiveFocus()
            else
                focus = false
        }
    }
}
