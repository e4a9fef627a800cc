import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// Titles of the columns; a click, or Enter, sorts by one.
Row {
    id: root

    required property var columns // of CostTableView: {index, title, tip, number, width}
    property real scrolled: 0 // the names' title stays where it is
    signal focused(real x, real width)

    Repeater {
        model: root.columns
        AbstractButton {
            id: head
            required property var modelData
            readonly property bool first: modelData.index === 0
            z: first ? 1 : 0
            transform: Translate { x: head.first ? root.scrolled : 0 }
            onVisualFocusChanged: if (visualFocus && !first) root.focused(x, width)
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
                color: head.hovered ? Theme.hover : head.first ? Theme.panel : "transparent"
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
