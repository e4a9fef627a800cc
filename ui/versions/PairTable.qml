import QtQuick
import Inceptoscope

// What two modules cost, and the difference: a column a measure.
Item {
    id: root

    required property var rows
    readonly property real label: Theme.px(86)
    readonly property real column: rows.length ? (width - label) / rows.length : 0
    readonly property real line: Theme.px(21)
    readonly property var names: [qsTr("Left"), qsTr("Right"), qsTr("Difference")]

    implicitHeight: 4 * line + Theme.px(4)
    height: implicitHeight
    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Costs of the two modules")

    Rectangle {
        y: root.line
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    Repeater {
        model: root.names
        AppText {
            required property int index
            required property string modelData
            y: root.line * (index + 1) + Theme.px(3)
            height: root.line
            text: modelData
            color: Theme.secondary
            font.weight: index === 2 ? Font.DemiBold : Font.Normal
        }
    }
    Repeater {
        model: root.rows.length
        Item {
            id: measure
            required property int index
            readonly property var row: root.rows[index]
            x: root.label + index * root.column
            width: root.column
            height: root.height
            Accessible.role: Accessible.Row
            Accessible.name: row.label + ": " + row.first + ", " + row.second + "; " + row.change
            AppText {
                width: parent.width - Theme.px(6)
                height: root.line
                text: measure.row.label
                horizontalAlignment: Text.AlignRight
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            Repeater {
                model: [measure.row.first, measure.row.second, measure.row.change]
                AppText {
                    required property int index
                    required property string modelData
                    y: root.line * (index + 1) + Theme.px(3)
                    width: parent.width - Theme.px(6)
                    height: root.line
                    horizontalAlignment: Text.AlignRight
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.px(9)
                    text: modelData
                    font.weight: index === 2 ? Font.DemiBold : Font.Normal
                }
            }
        }
    }
}
