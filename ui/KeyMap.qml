import QtQuick
import Inceptoscope
import Inceptoscope.Models

// Keys of the whole window. Plain keys are handled where they bubble up unused, so that a
// focused button keeps its Space and a focused slider its arrows.
FocusScope {
    id: root

    signal openPicture
    signal openWeights
    signal openLabels
    signal help
    signal live
    signal networkInfo
    signal save
    signal exportValues
    signal copy

    function nextColormap() {
        const names = App.colormaps
        App.settings.colormap = names[(names.indexOf(App.settings.colormap) + 1) % names.length]
    }
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

    // Keys of one view only: in the others they do nothing.
    readonly property var ofModules: [Qt.Key_Left, Qt.Key_Right, Qt.Key_PageUp, Qt.Key_PageDown,
        Qt.Key_Home, Qt.Key_End, Qt.Key_Space, Qt.Key_F, Qt.Key_L, Qt.Key_C, Qt.Key_A, Qt.Key_V]
    readonly property var plain: ({
        [Qt.Key_1]: () => App.view = "modules",
        [Qt.Key_2]: () => App.view = "costs",
        [Qt.Key_3]: () => App.view = "versions",
        [Qt.Key_Left]: () => step(-1),
        [Qt.Key_Right]: () => step(1),
        [Qt.Key_PageUp]: () => stepGroup(-1),
        [Qt.Key_PageDown]: () => stepGroup(1),
        [Qt.Key_Home]: () => App.overview.toFirst(),
        [Qt.Key_End]: () => App.overview.toLast(),
        [Qt.Key_Space]: () => App.overview.togglePlay(),
        [Qt.Key_F]: () => App.settings.flowDown = !App.settings.flowDown,
        [Qt.Key_T]: () => App.settings.dark = !App.settings.dark,
        [Qt.Key_L]: () => App.settings.perLayer = !App.settings.perLayer,
        [Qt.Key_C]: () => nextColormap(),
        [Qt.Key_A]: () => App.auxiliary = !App.auxiliary,
        [Qt.Key_R]: () => App.rerun(),
        [Qt.Key_V]: () => live(),
        [Qt.Key_P]: () => App.live.togglePause(),
        [Qt.Key_I]: () => networkInfo(),
        [Qt.Key_Question]: () => help(),
        [Qt.Key_F1]: () => help(),
        [Qt.Key_Escape]: () => App.message ? App.dismissMessage() : App.saver.saved ? App.saver.dismiss() : releaseFocus()
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
        target: App.stage
        function onOpenedChanged() {
            if (!App.stage.opened)
                root.forceActiveFocus()
        }
    }
    Keys.onPressed: event => {
        if (event.modifiers & (Qt.ControlModifier | Qt.AltModifier) || !(event.key in plain))
            return
        if (App.view !== "modules" && ofModules.includes(event.key))
            return
        plain[event.key]()
        event.accepted = true
    }

    Shortcut { sequences: [StandardKey.Open]; onActivated: root.openPicture() }
    Shortcut { sequence: "Ctrl+1"; onActivated: App.view = "modules" }
    Shortcut { sequence: "Ctrl+2"; onActivated: App.view = "costs" }
    Shortcut { sequence: "Ctrl+3"; onActivated: App.view = "versions" }
    Shortcut { sequence: "Ctrl+W"; onActivated: root.openWeights() }
    Shortcut { sequence: "Ctrl+L"; onActivated: root.openLabels() }
    Shortcut { sequences: [StandardKey.Save]; onActivated: root.save() }
    Shortcut { sequence: "Ctrl+E"; onActivated: root.exportValues() }
    Shortcut { sequences: [StandardKey.Copy]; onActivated: root.copy() }
    Shortcut { sequences: [StandardKey.Paste]; onActivated: App.paste() }
    Shortcut { sequences: [StandardKey.ZoomIn, "Ctrl+="]; onActivated: App.settings.stepTextScale(1) }
    Shortcut { sequences: [StandardKey.ZoomOut]; onActivated: App.settings.stepTextScale(-1) }
    Shortcut { sequence: "Ctrl+0"; onActivated: App.settings.stepTextScale(0) }
    Shortcut { sequence: "Ctrl+."; onActivated: App.cancel() }
    Shortcut { sequences: [StandardKey.Quit]; onActivated: Qt.quit() }
}
