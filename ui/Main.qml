import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

ApplicationWindow {
    id: window

    // Most of the screen: the walls of maps use all room there is. On a small one all of it; there
    // only whoever frames windows knows how much that is.
    readonly property size room: Qt.size(Screen.desktopAvailableWidth, Screen.desktopAvailableHeight)
    property bool smallScreen: (room.width < 1280 || room.height < 800) && Qt.platform.pluginName !== "offscreen"
    visibility: smallScreen ? Window.Maximized : Window.AutomaticVisibility
    visible: true
    width: Math.min(Math.max(room.width, minimumWidth), Math.max(1280, Math.round(room.width * 0.86)))
    height: Math.min(Math.max(room.height, minimumHeight), Math.max(800, Math.round(room.height * 0.86)))
    // 1080p at 200 %, less a frame and a panel.
    minimumWidth: 940
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
        value: Math.min(window.width / 740, window.height / 560)
    }

    // The notice about random weights; dismissed, the status bar still says it.
    property bool randomShown: true

    KeyMap {
        id: keys
        anchors.fill: parent
        focus: true
        onOpenPicture: dialogs.openPicture()
        onOpenWeights: dialogs.openWeights()
        onOpenLabels: dialogs.openLabels()
        onLive: sidePanel.toggleLive()
        onHelp: shortcuts.open()
        onNetworkInfo: networkInfo.open()
        readonly property Item shown: App.view === "modules" ? workspace : view.item
        onSave: if (!dialogs.asking) dialogs.save(shown.figure())
        onExportValues: if (!dialogs.asking) dialogs.save(shown.values())
        onCopy: shown.copy()

        ColumnLayout {
            anchors.fill: parent
            spacing: 0
            TopBar {
                Layout.fillWidth: true
                onOpenPicture: dialogs.openPicture()
                onOpenWeights: dialogs.openWeights()
                onOpenLabels: dialogs.openLabels()
                onHelp: shortcuts.open()
                onNetworkInfo: networkInfo.open()
            }
            OverviewStrip {
                // A map up close needs the room in a low window; Esc brings the strip back.
                visible: App.view === "modules" && !(App.channel.isOpen && window.height < Theme.px(660))
                Layout.fillWidth: true
            }
            RowLayout {
                visible: App.view === "modules"
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: 0
                Workspace {
                    id: workspace
                    onSave: subject => dialogs.save(subject)
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                }
                SidePanel {
                    id: sidePanel
                    onOpenVideo: dialogs.openVideo()
                    onFetchWeights: fetchDialog.open()
                    Layout.preferredWidth: Theme.px(264)
                    Layout.fillHeight: true
                    onNetworkInfo: networkInfo.open()
                }
            }
            Loader {
                id: view
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: active
                active: App.view !== "modules"
                sourceComponent: App.view === "costs" ? costs : App.view === "versions" ? versions : null
            }
            StatusBar {
                id: statusBar
                Layout.fillWidth: true
                onShowDeviceError: noDevice.open()
                onExplainWeights: window.randomShown = true
            }
        }
        Notices {
            anchors.horizontalCenter: parent.horizontalCenter
            y: statusBar.y - height - Theme.px(8)
            width: Math.min(parent.width - 2 * Theme.margin, Theme.px(1100))
            randomShown: window.randomShown
            onRandomDismissed: window.randomShown = false
            onOpenWeights: dialogs.openWeights()
            onFetchWeights: fetchDialog.open()
        }
        PictureDrop { anchors.fill: parent }
    }

    Component {
        id: costs
        CostsView {
            onSave: subject => dialogs.save(subject)
        }
    }
    Component {
        id: versions
        VersionsView {
            onSave: subject => dialogs.save(subject)
        }
    }
    Dialogs { id: dialogs }
    FetchDialog { id: fetchDialog; parent: T.Overlay.overlay }
    ShortcutsOverlay { id: shortcuts; parent: T.Overlay.overlay }
    NetworkInfo { id: networkInfo; parent: T.Overlay.overlay }
    NoDevice { id: noDevice; parent: T.Overlay.overlay }
    Connections {
        target: App.run
        function onDeviceChanged() {
            if (App.run.deviceError)
                noDevice.open()
        }
    }
    Component.onCompleted: {
        smallScreen = smallScreen // only at the start: afterwards it is up to whoever sits there
        if (App.run.deviceError)
            noDevice.open()
    }
}
