import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

ApplicationWindow {
    id: window

    // Most of the screen: the walls of maps use all room there is. On a small one, where 1280x800 and
    // the frame around it don't fit, all of it; there only whoever frames windows knows how much that
    // is. Where it was the last time, that place is set from outside (rememberedPlace() in
    // models/window.h).
    readonly property size room: Qt.size(Screen.desktopAvailableWidth, Screen.desktopAvailableHeight)
    property bool fill: (room.width < 1300 || room.height < 850) && Qt.platform.pluginName !== "offscreen"
    visibility: fill ? Window.Maximized : Window.AutomaticVisibility
    visible: true
    width: Math.min(Math.max(room.width, minimumWidth), Math.max(1280, Math.round(room.width * 0.86)))
    height: Math.min(Math.max(room.height, minimumHeight), Math.max(800, Math.round(room.height * 0.86)))
    // 800x600, less a frame and a panel, and 1080p at 200 %.
    minimumWidth: 740
    minimumHeight: 470
    // Qt's software painter leaves shapes where they were when the stage is laid out anew; another
    // background, though nobody can see which, makes it paint everything.
    property bool repaint: false
    color: repaint ? Qt.rgba(Theme.background.r, Theme.background.g, Theme.background.b + 0.005, 1)
                   : Theme.background
    onWidthChanged: repainting.restart()
    onHeightChanged: repainting.restart()
    Timer {
        id: repainting
        interval: 80
        onTriggered: window.repaint = !window.repaint
    }
    Connections {
        target: App.stage
        function onModuleChanged() { repainting.restart() }
    }
    title: App.run.pictureTitle ? qsTr("%1, %2 – Inceptoscope").arg(App.run.pictureTitle).arg(App.overview.title)
                                : qsTr("Inceptoscope")
    font.family: Theme.family
    font.pixelSize: Theme.body
    // Only Qt's own file dialog uses the palette, where the platform has none: parts of it are
    // white whatever the palette says, so it is light in both themes.
    palette {
        window: "#ffffff"
        windowText: "#14181d"
        base: "#ffffff"
        text: "#14181d"
        button: "#e4e8ee"
        buttonText: "#14181d"
        light: "#f3f5f8"
        mid: "#b9c2cc"
        midlight: "#e4e8ee"
        dark: "#4a5561"
        highlight: "#cfe0f5"
        highlightedText: "#14181d"
        placeholderText: "#4a5561"
    }

    Binding {
        target: Theme
        property: "windowScale"
        value: Math.pow(Math.max(1, Math.min(window.width / 1280, window.height / 800)), 0.85)
    }

    Binding {
        target: Theme
        property: "largestUnit"
        value: Math.min(window.width / 760, window.height / 560)
    }

    Binding {
        target: Theme
        property: "windowWidth"
        value: window.width
    }

    // The notice about random weights; once dismissed, the status bar still says it.
    property bool randomShown: App.settings.randomNoticed

    KeyMap {
        id: keys
        anchors.fill: parent
        focus: true
        commands: commandList
        dismissNotice: () => notices.dismiss()
        readonly property Item shown: App.view === "modules" ? modulesView.workspace : page.item

        RowLayout {
            anchors.fill: parent
            spacing: 0
            NavigationRail {
                id: rail
                narrow: window.width < Theme.px(960)
                Layout.fillHeight: true
                onHelp: shortcuts.open()
            }
            ColumnLayout {
                spacing: 0
                TopBar {
                    Layout.fillWidth: true
                    onOpenPicture: dialogs.openPicture()
                    onOpenWeights: dialogs.openWeights()
                    onOpenLabels: dialogs.openLabels()
                    onNetworkInfo: networkInfo.open()
                    onSearch: search.open()
                    commands: commandList
                }
                ModulesView {
                    id: modulesView
                    visible: App.view === "modules"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    onOpenVideo: dialogs.openVideo()
                    onNetworkInfo: networkInfo.open()
                    onFetchWeights: fetchDialog.open()
                    onSave: subject => dialogs.save(subject)
                }
                // The other views come and go: a page of App.views, which may ask for this.
                Loader {
                    id: page
                    readonly property var entry: App.views.find(view => view.id === App.view)
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: active
                    active: App.view !== "modules"
                    source: active ? entry.page : ""
                    Connections {
                        target: page.item
                        ignoreUnknownSignals: true
                        function onSave(subject) { dialogs.save(subject) }
                    }
                }
                LessonPanel {
                    id: lessonPanel
                    visible: App.lessons.open
                    stage: modulesView.visible ? modulesView : page
                    onSave: subject => dialogs.save(subject)
                    mostHeight: Math.round(window.height * (App.lessons.presenting ? 0.5 : 0.36))
                    Layout.fillWidth: true
                    Layout.preferredHeight: implicitHeight
                }
                StatusBar {
                    id: statusBar
                    Layout.fillWidth: true
                    onShowDeviceError: noDevice.open()
                    onExplainWeights: window.randomShown = true
                }
            }
        }
        Notices {
            id: notices
            // Over the page alone: the rail's foot has what undoes a size of text.
            // Where it leaves enough, not over what the network takes the picture for either.
            readonly property real whole: parent.width - rail.width
            readonly property real beside: modulesView.visible ? modulesView.panelWidth : 0
            readonly property real room: whole - beside < Theme.px(880) ? whole : whole - beside
            x: rail.width + (room - width) / 2
            anchors.bottom: parent.bottom
            anchors.bottomMargin: statusBar.height + Theme.px(8) + (lessonPanel.visible ? lessonPanel.height : 0)
            width: Math.min(room - 2 * Theme.margin, Theme.px(1100))
            randomShown: window.randomShown
            onRandomDismissed: {
                window.randomShown = false
                App.settings.randomNoticed = false
            }
            onOpenWeights: dialogs.openWeights()
            onFetchWeights: fetchDialog.open()
        }
        PictureDrop { anchors.fill: parent }
        // The buttons of a mouse's thumb, wherever it is; all others go through.
        MouseArea {
            anchors.fill: parent
            acceptedButtons: Qt.BackButton | Qt.ForwardButton
            onClicked: mouse => mouse.button === Qt.BackButton ? App.places.back() : App.places.forward()
        }
    }

    Commands {
        id: commandList
        onOpenPicture: dialogs.openPicture()
        onOpenVideo: dialogs.openVideo()
        onOpenWeights: dialogs.openWeights()
        onOpenLabels: dialogs.openLabels()
        onFetchWeights: fetchDialog.open()
        onLive: {
            App.view = "modules"
            modulesView.toggleLive()
        }
        onSave: if (!dialogs.asking) dialogs.save(keys.shown.figure())
        onExportValues: if (!dialogs.asking) dialogs.save(keys.shown.values())
        onCopy: keys.shown.copy()
        onHelp: shortcuts.open()
        onNetworkInfo: networkInfo.open()
        onClose: if (!keys.closeTopmost()) window.close()
        onSearch: search.visible ? search.close() : search.open()
    }
    // The window's own, since menus and dialogs keep those of items from acting behind them.
    property Shortcut closes: Shortcut {
        sequence: "Ctrl+W"
        onActivated: {
            if (!Popups.closeTopmost(window))
                commandList.run("close")
        }
    }
    SearchPalette { id: search; parent: T.Overlay.overlay; commands: commandList }
    Dialogs { id: dialogs }
    FetchDialog { id: fetchDialog; parent: T.Overlay.overlay }
    ShortcutsOverlay { id: shortcuts; parent: T.Overlay.overlay; commands: commandList }
    NetworkInfo { id: networkInfo; parent: T.Overlay.overlay }
    NoDevice { id: noDevice; parent: T.Overlay.overlay }
    Toast {
        id: toast
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(48)
    }
    Connections {
        target: App.places
        function onCopied() { toast.show(qsTr("Address copied")) }
    }
    Connections {
        target: App.saver
        function onCopied(what) { toast.show(what) }
    }
    Connections {
        target: App.run
        function onDeviceChanged() {
            if (App.run.deviceError)
                noDevice.open()
        }
    }
    Component.onCompleted: {
        fill = fill // only at the start: afterwards it is up to whoever sits there
        if (App.run.deviceError)
            noDevice.open()
    }
}
