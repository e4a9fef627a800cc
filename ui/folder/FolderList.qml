import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

// The folders in a folder, to go into, and its files.
ListView {
    id: root

    required property var browser // a FolderModel
    property string format        // only files with this ending; empty: all that the browser lists
    property string empty: qsTr("No folders in here")
    readonly property var folders: browser.folders
    // A file that the keyboard or a click is on, and one that was picked.
    signal lookedAt(string file)
    signal filePicked(string file)

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    currentIndex: 0
    keyNavigationEnabled: true
    model: folders.concat(browser.files.filter(f => format === "" || f.toLowerCase().endsWith("." + format)))
    ScrollBar.vertical: ScrollBar { policy: ScrollBar.AsNeeded }
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Folders and files")

    function pick(index) {
        if (index < 0 || index >= count)
            return
        if (index < folders.length)
            browser.enter(folders[index])
        else
            filePicked(model[index])
    }
    function look() {
        if (currentIndex >= folders.length && currentIndex < count)
            lookedAt(model[currentIndex])
    }
    function lookIfFocused() {
        if (activeFocus)
            look()
    }
    Keys.onReturnPressed: pick(currentIndex)
    Keys.onEnterPressed: pick(currentIndex)
    // A letter goes to the next name that begins with it.
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace) {
            browser.up()
            event.accepted = true
        }
        const letter = event.text.toLowerCase()
        if (letter.length !== 1 || letter < "!" || event.modifiers & (Qt.ControlModifier | Qt.AltModifier))
            return
        for (let i = 1; i <= count; ++i) {
            const index = (currentIndex + i) % count
            if (model[index].toLowerCase().startsWith(letter)) {
                currentIndex = index
                break
            }
        }
        event.accepted = true
    }
    onCurrentIndexChanged: lookIfFocused()

    AppText {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.margin
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        visible: root.count === 0
        text: root.empty
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
            color: entry.isFolder || root.format === "" ? Theme.text : Theme.secondary
            font.weight: entry.isFolder && root.format === "" ? Font.DemiBold : Font.Normal
        }
        HoverHandler {
            id: hover
            cursorShape: Qt.PointingHandCursor
        }
        // A folder, or what is saved over, with one click; what is opened is looked at first.
        TapHandler {
            onTapped: {
                if (entry.isFolder || root.format !== "" || tapCount > 1) {
                    root.pick(entry.index)
                } else {
                    root.forceActiveFocus()
                    root.currentIndex = entry.index
                    root.look()
                }
            }
        }
    }
}
