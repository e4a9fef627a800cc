import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// One row a network. A header sorts; a click or Space selects a row, two at the most.
Column {
    id: root

    readonly property var header: App.versions.header
    readonly property var rows: App.versions.rows
    // Of all columns but the first, which takes what is left: roomy where the names fit beside
    // them, else no wider than what is in them; never narrower.
    readonly property var usual: [42, 70, 52, 64, 64, 70, 112, 92, 66, 58, 58].map(w => Theme.px(w))
    readonly property var tight: usual.map((w, i) => Math.ceil(Theme.px(8) + Math.max(
        titleMetrics.advanceWidth(header[i + 1].title + (App.versions.sortColumn === i + 1 ? " ▾" : "")),
        ...rows.map(row => metrics.advanceWidth(row.cells[i + 1].text)))))
    readonly property var roomy: usual.map((w, i) => Math.max(w, tight[i]))
    readonly property real names: Theme.px(36) + Math.max(...rows.map(row => metrics.advanceWidth(nameOf(row))))
    readonly property var widths: width - total(roomy) < names ? tight : roomy
    readonly property real fixed: total(widths)
    readonly property real least: names + total(tight)
    readonly property real rowHeight: Theme.px(22)
    property string tipText
    property point tipAt
    property var tipOf: null

    function total(list) { return list.reduce((sum, w) => sum + w, 0) }
    function nameOf(row) {
        return row.cells[0].text + (row.status !== "" ? qsTr("  (%1)").arg(row.status.split(":")[0]) : "")
    }
    function columnX(column) {
        return column === 0 ? 0 : width - fixed + total(widths.slice(0, column - 1))
    }
    function columnWidth(column) {
        return column === 0 ? width - fixed : widths[column - 1]
    }
    function showTip(item, text) {
        tipOf = item
        tipText = text
        tipAt = item.mapToItem(tipSpace, 0, item.height)
    }
    function hideTip(item) {
        if (tipOf === item)
            tipText = ""
    }

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.pixelSize: Theme.body
        font.weight: Font.Medium
    }
    FontMetrics {
        id: titleMetrics
        font.family: Theme.family
        font.pixelSize: Theme.small
        font.weight: Font.DemiBold
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
                    rightPadding: Theme.px(6)
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
            color: selected ? Theme.selection : hover.hovered ? Theme.hover : index % 2 ? Theme.raised : "transparent"
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
                    rightPadding: Theme.px(6)
                    horizontalAlignment: index === 0 ? Text.AlignLeft : Text.AlignRight
                    elide: Text.ElideRight
                    // In a narrow window smaller before it is cut off.
                    fontSizeMode: index === 0 ? Text.HorizontalFit : Text.FixedSize
                    minimumPixelSize: Theme.px(10)
                    // A status that there is no room for is in the tip.
                    text: index > 0 ? content.text
                        : metrics.advanceWidth(root.nameOf(row.version)) + Theme.px(32) > width ? content.text
                        : root.nameOf(row.version)
                    color: content.weak ? Theme.secondary : Theme.text
                    font.italic: content.weak && index > 0
                    font.weight: index === 0 ? Font.Medium : Font.Normal
                    font.pixelSize: content.weak ? Theme.small : Theme.body
                    HoverHandler {
                        readonly property string tip: [cell.truncated ? cell.text : "", cell.content.tip].filter(s => s).join("\n")
                        onHoveredChanged: hovered ? root.showTip(cell, tip) : root.hideTip(cell)
                    }
                }
            }
            HoverHandler { id: hover }
            // Not a TapHandler: it would take clicks that close a menu over it, too (Qt 6.4).
            MouseArea {
                anchors.fill: parent
                onClicked: App.versions.toggle(row.version.id)
            }
            FocusRing { shown: row.activeFocus; anchors.margins: 0; radius: Theme.px(4) }
        }
    }
    Item {
        id: tipSpace // without a size, so that the column doesn't place it
        width: 0
        height: 0
        Item {
            x: root.tipAt.x
            y: root.tipAt.y
            width: Theme.px(80)
            Tip {
                text: root.tipText
                visible: root.tipText !== ""
                width: Math.min(implicitWidth, Theme.px(520))
            }
        }
    }
}
