import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

ApplicationWindow {
    id: window

    visible: true
    // Most of the screen: the walls of maps use all room there is.
    width: Math.max(1280, Math.round(Screen.desktopAvailableWidth * 0.86))
    height: Math.max(800, Math.round(Screen.desktopAvailableHeight * 0.86))
    minimumWidth: 1024
    minimumHeight: 680
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

    KeyMap {
        id: keys
        anchors.fill: parent
        focus: true
        onOpenPicture: dialogs.openPicture()
        onOpenWeights: dialogs.openWeights()
        onLive: sidePanel.toggleLive()
        onHelp: shortcuts.open()
        onNetworkInfo: networkInfo.open()

        ColumnLayout {
            anchors.fill: parent
            spacing: 0
            TopBar {
                Layout.fillWidth: true
                onOpenPicture: dialogs.openPicture()
                onOpenWeights: dialogs.openWeights()
                onHelp: shortcuts.open()
                onNetworkInfo: networkInfo.open()
            }
            Notices {
                Layout.fillWidth: true
                onOpenWeights: dialogs.openWeights()
                onFetchWeights: fetchDialog.open()
            }
            OverviewStrip {
                visible: App.view === "modules"
                Layout.fillWidth: true
            }
            RowLayout {
                visible: App.view === "modules"
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: 0
                Workspace {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                }
                SidePanel {
                    id: sidePanel
                    onOpenVideo: dialogs.openVideo()
                    Layout.preferredWidth: Theme.px(264)
                    Layout.fillHeight: true
                    onNetworkInfo: networkInfo.open()
                }
            }
            Loader {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: active
                active: App.view !== "modules"
                sourceComponent: App.view === "costs" ? costs : App.view === "versions" ? versions : null
            }
            StatusBar {
                Layout.fillWidth: true
                onShowDeviceError: noDevice.open()
            }
        }
        PictureDrop { anchors.fill: parent }
    }

    Component {
        id: costs
        CostsView {
            onSaveChart: chart => dialogs.saveChart(chart)
            onSaveTable: dialogs.saveTable(App.costs)
        }
    }
    Component {
        id: versions
        VersionsView {
            onSaveChart: chart => dialogs.saveChart(chart)
            onSaveTable: dialogs.saveTable(App.versions)
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
    Component.onCompleted: if (App.run.deviceError) noDevice.open()
}
