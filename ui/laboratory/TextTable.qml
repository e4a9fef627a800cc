import QtQuick
import Inceptoscope

// Rows of texts under their headings; long ones wrap, wide ones scroll sideways.
WideStrip {
    id: root

    required property var columns
    required property var rows
    property string name
    readonly property real cell: contentWidth / Math.max(1, columns.length)

    least: columns.length * Theme.px(118)
    inside: table.height
    Accessible.role: Accessible.Table
    Accessible.name: name

    Column {
        id: table
        width: root.contentWidth
        Repeater {
            model: [root.columns, ...root.rows]
            Item {
                id: line
                required property int index
                required property var modelData
                width: table.width
                height: cells.height + Theme.px(6)
                Accessible.role: Accessible.Row
                Accessible.name: modelData.join(", ")
                Rectangle {
                    visible: line.index > 0
                    width: parent.width
                    height: Theme.hairline
                    color: Theme.line
                }
                Row {
                    id: cells
                    y: Theme.px(3)
                    Repeater {
                        model: line.modelData
                        AppText {
                            required property int index
                            required property string modelData
                            width: root.cell
                            rightPadding: Theme.px(10)
                            text: modelData
                            wrapMode: Text.Wrap
                            verticalAlignment: Text.AlignTop
                            color: line.index === 0 ? Theme.secondary : Theme.text
                            font.weight: line.index === 0 || index === 0 ? Font.DemiBold : Font.Normal
                        }
                    }
                }
            }
        }
    }
}
