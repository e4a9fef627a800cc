import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// One row a network. A header sorts; a click or Space selects a row, two at the most.
Column {
    id: root

    readonly property var header: App.versions.header
    readonly property var rows: App.versions.rows
    // Of all columns but the first, which takes what is left.
    readonly property var widths: [42, 70, 52, 64, 64, 70, 112, 92, 66, 58, 58]
    readonly property real fixed: widths.reduce((sum, w) => sum + Theme.px(w), 0)
    readonly property real rowHeight: Theme.px(22)
    property string tipText
    property point tipAt
    property var tipOf: null

    function columnX(column) {
        let x = column === 0 ? 0 : width - fixed
        for (let i = 1; i < column; ++i)
            x += Theme.px(widths[i - 1])
        return x
    }
    function columnWidth(column) {
        return column === 0 ? width - fixed : Theme.px(widths[column - 1])
    }
    function showTip(item, text) {
        tipOf = item
        tipText = text
        tipAt = item.mapToItem(root, 0, item.height)
    }
    function hideTip(item) {
        if (tipOf === item)
            tipText = ""
    }

    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Networks side by side")

    Item {
        width: root.width
        height: Theme.px(26)
        Repeater {
            model: root.header.length
            AbstractButton {
                id: head
                required property int index
                readonly property var column: root.header[index]
                readonly property bool sorted: App.versions.sortColumn === index
                x: root.columnX(index)
                width: root.columnWidth(index)
                height: parent.height
                focusPolicy: Qt.TabFocus
                hoverEnabled: true
                Accessible.role: Accessible.ColumnHeader
                Accessible.name: column.title
                Accessible.description: qsTr("Sort by this column")
                onClicked: App.versions.sortBy(index)
                Keys.onReturnPressed: clicked()
                contentItem: AppText {
                    leftPadding: head.index === 0 ? Theme.px(26) : 0
                    rightPadding: Theme.px(8)
                    horizontalAlignment: head.column.numeric ? Text.AlignRight : Text.AlignLeft
                    text: head.column.title + (head.sorted ? (App.versions.descending ? " ▾" : " ▴") : "")
                    color: head.sorted ? Theme.text : Theme.secondary
                    font.weight: Font.DemiBold
                    font.pixelSize: Theme.small
                }
                background: Rectangle {
                    color: head.hovered ? Theme.hover : "transparent"
                    radius: Theme.px(4)
                    FocusRing { shown: head.visualFocus; anchors.margins: 0 }
                }
                Tip {
                    text: head.column.tip
                    visible: head.hovered || head.visualFocus
                }
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.hairline
            color: Theme.strongLine
        }
    }
    Repeater {
        id: body
        model: root.rows.length
        Rectangle {
            id: row
            required property int index
            readonly property var version: root.rows[index]
            readonly property bool selected: App.versions.selected.includes(version.id)
            width: root.width
            height: root.rowHeight
            color: selected ? Theme.tint(Theme.accent, 0.18) : hover.hovered ? Theme.hover : index % 2 ? Theme.raised : "transparent"
            activeFocusOnTab: true
            Accessible.role: Accessible.Row
            Accessible.name: version.cells.map((cell, i) => i === 0 ? cell.text : root.header[i].title + " " + cell.text).join(", ")
            Accessible.selected: selected
            Keys.onSpacePressed: App.versions.toggle(version.id)
            Keys.onReturnPressed: App.versions.toggle(version.id)
            Keys.onUpPressed: if (index > 0) body.itemAt(index - 1).forceActiveFocus(Qt.TabFocusReason)
            Keys.onDownPressed: if (index + 1 < body.count) body.itemAt(index + 1).forceActiveFocus(Qt.TabFocusReason)

            Rectangle {
                x: Theme.px(6)
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.px(13)
                height: width
                radius: Theme.px(3)
                color: row.selected ? Theme.accent : "transparent"
                border.color: row.selected ? Theme.accent : Theme.strongLine
                border.width: Theme.hairline
                AppText {
                    anchors.centerIn: parent
                    visible: row.selected
                    text: "✓"
                    color: Theme.accentInk
                    font.pixelSize: Theme.tiny
                    font.weight: Font.Bold
                }
            }
            Repeater {
                model: row.version.cells.length
                AppText {
                    id: cell
                    required property int index
                    readonly property var content: row.version.cells[index]
                    x: root.columnX(index)
                    width: root.columnWidth(index)
                    height: row.height
                    leftPadding: index === 0 ? Theme.px(26) : 0
                    rightPadding: Theme.px(8)
                    horizontalAlignment: index === 0 ? Text.AlignLeft : Text.AlignRight
                    elide: Text.ElideRight
                    // In a narrow window smaller before it is cut off.
                    fontSizeMode: index === 0 ? Text.HorizontalFit : Text.FixedSize
                    minimumPixelSize: Theme.px(10)
                    text: content.text + (index === 0 && row.version.status !== "" ? qsTr("  (%1)").arg(row.version.status.split(":")[0]) : "")
                    color: content.weak ? Theme.secondary : Theme.text
                    font.italic: content.weak && index > 0
                    font.weight: index === 0 ? Font.Medium : Font.Normal
                    font.pixelSize: content.weak ? Theme.small : Theme.body
                    HoverHandler {
                        onHoveredChanged: hovered ? root.showTip(cell, cell.content.tip) : root.hideTip(cell)
                    }
                }
            }
            HoverHandler { id: hover }
            TapHandler { onTapped: App.versions.toggle(row.version.id) }
            FocusRing { shown: row.activeFocus; anchors.margins: 0; radius: Theme.px(4) }
        }
    }
    Item {
        width: 0
        height: 0
        Item {
            x: root.tipAt.x
            y: root.tipAt.y - root.height
            width: Theme.px(80)
            Tip {
                text: root.tipText
                visible: root.tipText !== ""
                width: Math.min(implicitWidth, Theme.px(520))
            }
        }
    }
}
