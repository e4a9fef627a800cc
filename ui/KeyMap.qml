import QtQuick
import QtQml
import Inceptoscope
import Inceptoscope.Models

// Keys of the whole window: those that move through a network, one for each view, and those of the
// commands. Plain keys are handled where they bubble up unused, so that a focused button keeps its
// Space and a focused slider its arrows.
FocusScope {
    id: root

    required property Commands commands

    function releaseFocus() {
        const item = root.Window.activeFocusItem
        if (item && item !== root)
            item.focus = false
        root.forceActiveFocus()
    }
    function step(by) {
        App.overview.stopPlay()
        App.overview.step(by)
    }

    function stepGroup(by) {
        App.overview.stopPlay()
        App.overview.stepGroup(by)
    }
    // Esc and Ctrl+W close what lies on top, wherever the keyboard is (lists and pages of their own
    // do so themselves): what just came up, then what covers the module, live pictures, and last the
    // notice that stays until somebody has read it. False where there is nothing.
    function closeTopmost() {
        const modules = App.view === "modules"
        if (App.messages.text)
            App.messages.dismiss()
        else if (App.saver.saved)
            App.saver.dismiss()
        else if (modules && App.dream.isOpen)
            App.dream.close()
        else if (modules && App.evidence.isOpen)
            App.evidence.close()
        else if (modules && App.channel.isOpen)
            App.channel.close()
        else if (modules && App.stage.opened)
            App.stage.closeOp()
        else if (modules && App.live.active)
            App.live.stop()
        else
            return root.dismissNotice()
        return true
    }
    function leave() {
        if (!closeTopmost())
            releaseFocus()
    }
    // Set by the window: closes the notice that stays until it is dismissed; false without one.
    property var dismissNotice: () => false
    function show(index) {
        if (index < App.views.length)
            App.view = App.views[index].id
    }

    // Keys of one view only: in the others they do nothing.
    readonly property var ofModules: [Qt.Key_Left, Qt.Key_Right, Qt.Key_PageUp, Qt.Key_PageDown,
        Qt.Key_Home, Qt.Key_End, Qt.Key_Space, Qt.Key_F, Qt.Key_L, Qt.Key_C, Qt.Key_A, Qt.Key_V, Qt.Key_D]
    readonly property var plain: ({
        [Qt.Key_Left]: () => step(-1),
        [Qt.Key_Right]: () => step(1),
        [Qt.Key_PageUp]: () => stepGroup(-1),
        [Qt.Key_PageDown]: () => stepGroup(1),
        [Qt.Key_Home]: () => App.overview.toFirst(),
        [Qt.Key_End]: () => App.overview.toLast(),
        [Qt.Key_Space]: () => commands.run("play"),
        [Qt.Key_F]: () => commands.run("flow"),
        [Qt.Key_T]: () => commands.run("theme"),
        [Qt.Key_L]: () => commands.run("scaling"),
        [Qt.Key_C]: () => commands.run("colour"),
        [Qt.Key_A]: () => commands.run("auxiliary"),
        [Qt.Key_R]: () => commands.run("rerun"),
        [Qt.Key_V]: () => commands.run("live"),
        [Qt.Key_P]: () => commands.run("pause"),
        [Qt.Key_D]: () => commands.run("dream"),
        [Qt.Key_N]: () => App.lessons.next(),
        [Qt.Key_B]: () => App.lessons.back(),
        [Qt.Key_I]: () => commands.run("about-network"),
        [Qt.Key_Question]: () => commands.run("help"),
        [Qt.Key_F1]: () => commands.run("help"),
        [Qt.Key_Back]: () => commands.run("back"),
        [Qt.Key_Forward]: () => commands.run("forward"),
        [Qt.Key_Escape]: () => leave()
    })
    Connections {
        target: App
        // What had the keyboard may be gone with its view.
        function onViewChanged() { root.forceActiveFocus() }
    }
    Connections {
        target: App.channel
        function onChannelChanged() {
            if (!App.channel.isOpen && !App.stage.opened)
                root.forceActiveFocus()
        }
    }
    Connections {
        target: App.evidence
        function onQuestionChanged() {
            if (!App.evidence.isOpen && !App.channel.isOpen && !App.stage.opened)
                root.forceActiveFocus()
        }
    }
    Connections {
        target: App.dream
        function onOpenChanged() {
            if (!App.dream.isOpen)
                root.forceActiveFocus()
        }
    }
    Connections {
        target: App.stage
        function onOpenedChanged() {
            if (!App.stage.opened)
                root.forceActiveFocus()
        }
    }
    Keys.onPressed: event => {
        Theme.typed()
        // Whatever had the keyboard: what lies over the window goes first, and nothing behind it acts.
        if (Popups.any(root.Window.window)) {
            if (event.key === Qt.Key_Escape)
                Popups.closeTopmost(root.Window.window)
            event.accepted = !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier))
            return
        }
        if (event.modifiers & (Qt.ControlModifier | Qt.AltModifier))
            return
        if (event.key >= Qt.Key_1 && event.key <= Qt.Key_9) {
            show(event.key - Qt.Key_1)
            event.accepted = true
        }
        if (!(event.key in plain) || (App.view !== "modules" && ofModules.includes(event.key)))
            return
        plain[event.key]()
        App.places.glide(event.isAutoRepeat)
        event.accepted = true
    }

    Shortcut { sequences: [StandardKey.Open]; onActivated: commands.run("open-picture") }
    Shortcut { sequence: "Ctrl+Shift+O"; onActivated: commands.run("open-weights") }
    Shortcut { sequence: "Ctrl+L"; onActivated: commands.run("open-labels") }
    Shortcut { sequences: [StandardKey.Save]; onActivated: commands.run("save") }
    Shortcut { sequence: "Ctrl+E"; onActivated: commands.run("export") }
    Shortcut { sequences: [StandardKey.Copy]; onActivated: commands.run("copy") }
    Shortcut { sequences: [StandardKey.Paste]; onActivated: commands.run("paste") }
    Shortcut { sequences: [StandardKey.ZoomIn, "Ctrl+="]; onActivated: commands.run("text-larger") }
    Shortcut { sequences: [StandardKey.ZoomOut]; onActivated: commands.run("text-smaller") }
    Shortcut { sequence: "Ctrl+0"; onActivated: commands.run("text-normal") }
    Shortcut { sequence: "Ctrl+."; onActivated: commands.run("cancel") }
    Shortcut { sequence: "Ctrl+K"; onActivated: commands.search() }
    Shortcut { sequence: "Ctrl+Shift+L"; onActivated: commands.run("copy-address") }
    Shortcut { sequence: "Alt+Left"; onActivated: commands.run("back") }
    Shortcut { sequence: "Alt+Right"; onActivated: commands.run("forward") }
    // Without a desktop's theme, StandardKey.Quit is no key at all.
    Shortcut { sequence: "Ctrl+Q"; onActivated: commands.run("quit") }
    Instantiator {
        model: 9
        delegate: Shortcut {
            required property int index
            sequence: "Ctrl+" + (index + 1)
            onActivated: root.show(index)
        }
    }
}
