import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What the window can do from everywhere, by name: for the search, and for keys.
QtObject {
    id: root

    signal openPicture
    signal openVideo
    signal openWeights
    signal openLabels
    signal fetchWeights
    signal live
    signal help
    signal networkInfo
    signal search
    signal save
    signal exportValues
    signal copy
    signal close

    // Setting the view, even to what it is, ends a play.
    function showModules() {
        if (App.view !== "modules")
            App.view = "modules"
    }
    function nextColormap() {
        const names = App.colormaps
        App.settings.colormap = names[(names.indexOf(App.settings.colormap) + 1) % names.length]
    }

    // {id, title, words, keys, run, off}: `words`, what else it may be looked for by; `off`, now it
    // would do nothing.
    readonly property var all: [
        { id: "open-picture", title: qsTr("Open picture…"), words: qsTr("image photo file load"), keys: "Ctrl+O", run: () => openPicture() },
        { id: "paste", title: qsTr("Paste picture"), words: qsTr("clipboard image"), keys: "Ctrl+V", run: () => App.paste() },
        { id: "save", title: qsTr("Save the figure or chart…"), words: qsTr("picture png svg pdf export"), keys: "Ctrl+S", run: () => save() },
        { id: "export", title: qsTr("Save the values as CSV…"), words: qsTr("table export numbers spreadsheet"), keys: "Ctrl+E", run: () => exportValues() },
        { id: "copy", title: qsTr("Copy the figure or table"), words: qsTr("clipboard"), keys: "Ctrl+C", run: () => copy() },
        { id: "open-video", title: qsTr("Open video…"), words: qsTr("film movie live file"), keys: "", run: () => openVideo() },
        { id: "live", title: App.live.active ? qsTr("Stop live pictures") : qsTr("Live pictures…"), words: qsTr("camera webcam video pan"), keys: "V", run: () => live() },
        { id: "pan", title: qsTr("Pan over the picture"), words: qsTr("live move"), keys: "", run: () => App.live.startPan(),
          off: App.live.active || App.live.stillTitle === "" },
        { id: "pause", title: App.live.paused ? qsTr("Go on with live pictures") : qsTr("Pause live pictures"), words: qsTr("freeze"), keys: "P", run: () => App.live.togglePause(), off: !App.live.active },
        { id: "open-weights", title: qsTr("Open weights…"), words: qsTr("checkpoint safetensors onnx pytorch file load"), keys: "Ctrl+Shift+O", run: () => openWeights() },
        { id: "fetch-weights", title: qsTr("Fetch weights…"), words: qsTr("download trained checkpoint"), keys: "", run: () => fetchWeights(),
          off: !App.fetch.offered || App.fetch.installed || App.fetch.running },
        { id: "forget-weights", title: qsTr("Forget weights"), words: qsTr("random default reset"), keys: "", run: () => App.weights.forget(), off: !App.weights.remembered },
        { id: "open-labels", title: qsTr("Open labels…"), words: qsTr("class names file"), keys: "Ctrl+L", run: () => openLabels() },
        { id: "about-network", title: qsTr("About this network"), words: qsTr("paper numbers information"), keys: "I", run: () => networkInfo() },
        { id: "why", title: qsTr("Why this class?"), words: qsTr("evidence attribution cam grad-cam saliency occlusion"), keys: "", run: () => { showModules(); App.evidence.ask(App.run.top[0].index) },
          off: !App.evidence.available || App.run.top.length === 0 },
        { id: "dream", title: qsTr("Dream: amplify what this module sees"), words: qsTr("deepdream inceptionism gradient ascent"), keys: "D", run: () => { showModules(); App.dream.open() },
          off: !App.dream.possible },
        { id: "compare", title: qsTr("Compare this module with another"), words: qsTr("two side by side"), keys: "", run: () => App.compareModule() },
        { id: "costs", title: qsTr("This module among all costs"), words: qsTr("macs params time table"), keys: "", run: () => App.showCosts() },
        { id: "back", title: qsTr("Back"), words: qsTr("previous history"), keys: "Alt+Left", run: () => App.places.back(), off: !App.places.canGoBack },
        { id: "forward", title: qsTr("Forward"), words: qsTr("next history"), keys: "Alt+Right", run: () => App.places.forward(), off: !App.places.canGoForward },
        { id: "copy-address", title: qsTr("Copy address"), words: qsTr("link url share of this place"), keys: "Ctrl+Shift+L", run: () => App.places.copyAddress() },
        { id: "open-address", title: qsTr("Go to the address in the clipboard"), words: qsTr("link url paste"), keys: "", run: () => App.places.openCopied() },
        { id: "play", title: App.overview.playing ? qsTr("Stop stepping through the network") : qsTr("Step through the network"), words: qsTr("play modules"), keys: "Space",
          run: () => { showModules(); App.overview.togglePlay() } },
        { id: "rerun", title: qsTr("Run again"), words: qsTr("measure time"), keys: "R", run: () => App.rerun() },
        { id: "cancel", title: qsTr("Cancel the run"), words: qsTr("stop"), keys: "Ctrl+.", run: () => App.cancel(), off: !App.run.busy },
        { id: "auxiliary", title: App.auxiliary ? qsTr("Leave auxiliary heads out") : qsTr("Run auxiliary heads too"), words: qsTr("loss training"), keys: "A",
          run: () => App.auxiliary = !App.auxiliary, off: App.overview.auxiliaries.length === 0 },
        { id: "colour", title: qsTr("Next colour map"), words: qsTr("color viridis magma"), keys: "C", run: () => nextColormap() },
        { id: "scaling", title: App.settings.perLayer ? qsTr("Colours for each map") : qsTr("Colours for the whole layer"), words: qsTr("scaling range colors"), keys: "L", run: () => App.settings.perLayer = !App.settings.perLayer },
        { id: "flow", title: App.settings.flowDown ? qsTr("Let data flow up") : qsTr("Let data flow down"), words: qsTr("direction diagram turn"), keys: "F", run: () => App.settings.flowDown = !App.settings.flowDown },
        { id: "theme", title: App.settings.dark ? qsTr("Light theme") : qsTr("Dark theme"), words: qsTr("colours mode"), keys: "T", run: () => App.settings.dark = !App.settings.dark },
        { id: "text-larger", title: qsTr("Larger text"), words: qsTr("font size zoom in"), keys: "Ctrl+Plus", run: () => Theme.stepText(1) },
        { id: "text-smaller", title: qsTr("Smaller text"), words: qsTr("font size zoom out"), keys: "Ctrl+Minus", run: () => Theme.stepText(-1) },
        { id: "text-normal", title: qsTr("Normal text"), words: qsTr("font size zoom reset"), keys: "Ctrl+0", run: () => Theme.stepText(0) },
        { id: "help", title: qsTr("Keys and what they do"), words: qsTr("help shortcuts keyboard"), keys: "F1", run: () => help() },
        { id: "close", title: qsTr("Close what is on top, or the window"), words: qsTr("back leave"), keys: "Ctrl+W", run: () => close() },
        { id: "quit", title: qsTr("Quit"), words: qsTr("exit close"), keys: "Ctrl+Q", run: () => Qt.quit() }
    ]
    readonly property var available: all.filter(command => !command.off)

    function run(id) {
        const command = all.find(c => c.id === id)
        if (command)
            command.run()
    }
}
