import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// The network in one line, the module on stage, and what the picture makes of it.
ColumnLayout {
    id: root

    signal openVideo
    signal networkInfo
    signal fetchWeights
    signal save(var subject)

    readonly property Item workspace: workspaceItem
    readonly property real panelWidth: sidePanel.width

    function toggleLive() { sidePanel.toggleLive() }

    spacing: 0

    OverviewStrip {
        // A map up close needs the room in a low window; Esc brings the strip back.
        visible: !(App.channel.isOpen && root.Window.height < Theme.px(660))
        Layout.fillWidth: true
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        spacing: 0
        Workspace {
            id: workspaceItem
            onSave: subject => root.save(subject)
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        SidePanel {
            id: sidePanel
            onOpenVideo: root.openVideo()
            Layout.preferredWidth: Theme.px(root.width < Theme.px(800) ? 236 : 264)
            Layout.fillHeight: true
            onNetworkInfo: root.networkInfo()
            onFetchWeights: root.fetchWeights()
        }
    }
}
