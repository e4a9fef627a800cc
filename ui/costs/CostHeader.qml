import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// Titles of the columns; a click, or Enter, sorts by one.
Row {
    id: root

    required property var columns // of CostTableView: {index, title, tip, number, width}

    Repeater {
        model: root.columns
        AbstractButton {
            id: head
            required property var modelData
            readonly property bool sorted: App.costs.table.sortColumn === modelData.index
            width: modelData.width
            height: Theme.px(30)
            focusPolicy: Qt.TabFocus
            hoverEnabled: true
            Accessible.role: Accessible.ColumnHeader
            Accessible.name: modelData.title
            Accessible.description: qsTr("Sorts by it. %1").arg(modelData.tip)
            onClicked: App.costs.table.sortBy(modelData.index)
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
            contentItem: AppText {
                leftPadding: Theme.px(6)
                rightPadding: Theme.px(6)
                horizontalAlignment: head.modelData.number ? Text.AlignRight : Text.AlignLeft
                text: (head.sorted && head.modelData.number ? (App.costs.table.descending ? "▾ " : "▴ ") : "")
                    + head.modelData.title
                    + (head.sorted && !head.modelData.number ? (App.costs.table.descending ? " ▾" : " ▴") : "")
                color: head.sorted ? Theme.text : Theme.secondary
                font.pixelSize: Theme.small
                font.weight: Font.DemiBold
            }
            background: Rectangle {
                color: head.hovered ? Theme.hover : "transparent"
                radius: Theme.px(4)
                FocusRing {
                    shown: head.visualFocus
                    anchors.margins: 0
                }
            }
            Tip {
                text: head.modelData.tip
                visible: head.hovered
            }
        }
    }
}
