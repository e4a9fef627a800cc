import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Which picture, video, weights or labels are opened. Our own, as for saving: Qt's has its own
// colours and letters, and a desktop's is not on every machine.
Popup {
    id: root

    property string problem
    readonly property var opener: App.opener
    readonly property bool pictures: opener.kind === "picture"

    function ask(kind) {
        opener.begin(kind)
        name.text = ""
        problem = ""
        open()
    }
    function choose() {
        const before = opener.folder
        problem = opener.choose(name.text)
        if (problem === "" && opener.folder !== before)
            name.text = "" // a folder was entered
    }

    modal: true
    focus: true
    anchors.centerIn: T.Overlay.overlay
    width: Math.min(Theme.px(pictures ? 820 : 640), parent ? parent.width - Theme.px(20) : 0)
    height: Math.min(Theme.px(600), parent ? parent.height - Theme.px(12) : 0)
    padding: Theme.px(20)
    closePolicy: Popup.CloseOnEscape
    T.Overlay.modal: Rectangle { color: Theme.shade }
    background: Rectangle {
        color: Theme.panel
        radius: Theme.px(10)
        border.color: Theme.strongLine
        border.width: Theme.hairline
    }
    // What is marked in the list is what Open opens, from the start.
    onOpened: {
        list.forceActiveFocus(Qt.TabFocusReason)
        list.look()
    }
    onClosed: opener.look("")

    Connections {
        target: App.opener
        function onChosen() { root.close() }
        function onFolderChanged() {
            root.problem = ""
            name.text = ""
            list.currentIndex = 0
            root.opener.look("")
            Qt.callLater(list.lookIfFocused)
        }
    }

    contentItem: ColumnLayout {
        spacing: Theme.space
        AppText {
            text: root.opener.title
            font.pixelSize: Theme.large
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        FolderBar {
            id: bar
            Layout.fillWidth: true
            browser: root.opener
            onAccepted: list.forceActiveFocus(Qt.TabFocusReason)
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.px(60)
            Layout.leftMargin: bar.labelWidth + Theme.space
            Rectangle {
                width: parent.width - (root.pictures ? preview.width + Theme.margin : 0)
                height: parent.height
                color: Theme.raised
                radius: Theme.radius
                border.color: Theme.line
                border.width: Theme.hairline
                FocusRing { shown: list.activeFocus }
                FolderList {
                    id: list
                    anchors.fill: parent
                    anchors.margins: Theme.px(4)
                    browser: root.opener
                    empty: root.opener.others > 0 ? qsTr("No such files in here, but %1 others").arg(root.opener.others) : qsTr("Nothing in here")
                    onLookedAt: file => {
                        name.text = file
                        root.problem = ""
                        root.opener.look(file)
                    }
                    onFilePicked: file => {
                        name.text = file
                        root.choose()
                    }
                }
            }
            Item {
                id: preview
                visible: root.pictures
                anchors.right: parent.right
                width: Math.round(Math.min(Theme.px(260), parent.width * 0.4))
                height: parent.height
                ImageItem {
                    readonly property real factor: Math.min(parent.width / Math.max(1, imageSize.width), parent.height / Math.max(1, imageSize.height))
                    width: Math.floor(imageSize.width * factor)
                    height: Math.floor(imageSize.height * factor)
                    anchors.horizontalCenter: parent.horizontalCenter
                    image: root.opener.preview
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Preview of %1").arg(name.text)
                }
                AppText {
                    anchors.centerIn: parent
                    visible: name.text === ""
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                    color: Theme.secondary
                    text: qsTr("Choose a picture to see it here")
                }
            }
        }
        AppText {
            Layout.fillWidth: true
            Layout.leftMargin: bar.labelWidth + Theme.space
            Layout.minimumHeight: Theme.px(20)
            text: root.problem || root.opener.facts
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            maximumLineCount: 3
            elide: Text.ElideRight
            font.weight: root.problem ? Font.DemiBold : Font.Normal
            color: root.problem ? (Theme.dark ? "#ffb4a6" : "#a3281a") : Theme.secondary
            Accessible.role: root.problem ? Accessible.AlertMessage : Accessible.StaticText
            Accessible.name: text
        }
        RowLayout {
            spacing: Theme.space
            AppText {
                text: qsTr("Name")
                color: Theme.secondary
                Layout.preferredWidth: bar.labelWidth
            }
            LineField {
                id: name
                name: qsTr("Name or path of the file")
                placeholderText: qsTr("a name, a path or a file: address")
                Layout.fillWidth: true
                onTextEdited: {
                    root.problem = ""
                    root.opener.look(text)
                }
                onAccepted: root.choose()
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: bar.labelWidth + Theme.space
            spacing: Theme.space
            AppSwitch {
                text: qsTr("All files")
                tip: qsTr("List files of other kinds, too")
                checked: root.opener.allFiles
                onToggled: root.opener.allFiles = checked
            }
            Item { Layout.fillWidth: true }
            AppButton {
                text: qsTr("Cancel")
                tip: qsTr("Open nothing (Esc)")
                onClicked: root.close()
            }
            AppButton {
                primary: true
                text: qsTr("Open")
                tip: name.text ? qsTr("Open %1").arg(name.text) : qsTr("Choose a file first")
                enabled: name.text.trim() !== ""
                onClicked: root.choose()
            }
        }
    }
}
