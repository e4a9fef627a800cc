import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// The folders in the folder, to go into, and the files of the same kind that are there already.
ListView {
    id: root

    property string format
    readonly property var folders: App.saver.folders
    signal filePicked(string file)

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: count > 0
    currentIndex: 0
    keyNavigationEnabled: true
    model: folders.concat(App.saver.files.filter(f => f.toLowerCase().endsWith("." + format)))
    ScrollBar.vertical: ScrollBar { policy: ScrollBar.AsNeeded }
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Folders and files")

    function pick(index) {
        if (index < 0 || index >= count)
            return
        if (index < folders.length)
            App.saver.enter(folders[index])
        else
            filePicked(model[index])
    }
    Keys.onReturnPressed: pick(currentIndex)
    Keys.onEnterPressed: pick(currentIndex)

    AppText {
        anchors.centerIn: parent
        visible: root.count === 0
        text: qsTr("No folders in here")
        color: Theme.secondary
    }
    delegate: Rectangle {
        id: entry
        required property int index
        required property string modelData
        readonly property bool isFolder: index < root.folders.length
        width: ListView.view ? ListView.view.width : 0
        height: Theme.px(26)
        radius: Theme.px(4)
        color: root.activeFocus && root.currentIndex === index ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
        Accessible.role: Accessible.ListItem
        Accessible.name: isFolder ? qsTr("Folder %1").arg(modelData) : modelData
        AppText {
            x: Theme.px(8)
            width: parent.width - 2 * x
            height: parent.height
            elide: Text.ElideMiddle
            text: entry.isFolder ? entry.modelData + "/" : entry.modelData
            color: entry.isFolder ? Theme.text : Theme.secondary
        }
        HoverHandler {
            id: hover
            cursorShape: Qt.PointingHandCursor
        }
        TapHandler { onTapped: root.pick(entry.index) }
    }
    FocusRing { shown: root.activeFocus }
}
