import QtQuick
import Inceptoscope
import Inceptoscope.Models

// "from Max pool 2": each neighbour a link to it. Without neighbours the label as it is.
Row {
    id: root
    property string label
    property var links: []
    property string word
    spacing: Theme.px(5)

    AppText {
        text: root.links.length > 0 ? root.word : root.label
        color: Theme.secondary
        font.weight: Font.Medium
    }
    Repeater {
        model: root.links
        LinkText {
            required property var modelData
            required property int index
            text: modelData.title + (index + 1 < root.links.length ? "," : "")
            tip: qsTr("Go to %1").arg(modelData.title)
            color: Theme.secondary
            underlined: true
            font.weight: Font.Medium
            onClicked: App.showModuleOf(modelData.module)
        }
    }
}
