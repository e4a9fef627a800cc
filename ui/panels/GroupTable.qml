import QtQuick
import Inceptoscope

// How many modules of each design there are, what the article calls them, and what they cost.
Column {
    id: root
    required property var groups
    readonly property real cell: Theme.px(64)
    spacing: Theme.px(5)

    component Cell: AppText {
        width: root.cell
        horizontalAlignment: Text.AlignRight
        font.pixelSize: Theme.small
    }

    Row {
        anchors.right: parent.right
        Cell { text: qsTr("params"); color: Theme.secondary }
        Cell { text: qsTr("MACs"); color: Theme.secondary }
    }
    Repeater {
        model: root.groups
        Row {
            id: row
            required property var modelData
            Column {
                width: root.width - 2 * root.cell
                AppText {
                    width: parent.width
                    text: row.modelData.title + (row.modelData.count > 1 ? "  ×" + row.modelData.count : "")
                    font.weight: Font.Medium
                }
                AppText {
                    width: parent.width
                    visible: row.modelData.article !== ""
                    text: row.modelData.article
                    wrapMode: Text.Wrap
                    color: Theme.secondary
                    font.pixelSize: Theme.tiny
                }
            }
            Cell { text: row.modelData.params }
            Cell { text: row.modelData.macs }
        }
    }
}
