import QtQuick
import QtQuick.Layouts
import Inceptoscope

// Which folder it is: typed, the one above, or one of those where people keep things.
ColumnLayout {
    id: root

    required property var browser // a FolderModel
    property real labelWidth: Theme.px(52)
    signal accepted

    spacing: Theme.space

    RowLayout {
        spacing: Theme.space
        AppText {
            text: qsTr("Folder")
            color: Theme.secondary
            Layout.preferredWidth: root.labelWidth
        }
        LineField {
            name: qsTr("Folder")
            Layout.fillWidth: true
            text: root.browser.folder
            onTextEdited: root.browser.folder = text
            onAccepted: root.accepted()
        }
        AppButton {
            text: qsTr("Up")
            tip: qsTr("To the folder above")
            enabled: root.browser.folder !== "/"
            onClicked: root.browser.up()
        }
    }
    Flow {
        Layout.fillWidth: true
        Layout.leftMargin: root.labelWidth + Theme.space
        spacing: Theme.px(4)
        Repeater {
            model: root.browser.places
            AppButton {
                required property var modelData
                text: modelData.title
                tip: modelData.path
                implicitHeight: Theme.px(26)
                textSize: Theme.small
                checked: root.browser.folder === modelData.path
                onClicked: root.browser.folder = modelData.path
            }
        }
    }
}
