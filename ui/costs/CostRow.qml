import QtQuick
import Inceptoscope
import Inceptoscope.Models

// One part: its figures, and two thin bars below the shares that are to be compared.
Item {
    id: row

    required property int part
    required property var cells
    required property int kind
    required property real macsShare
    required property real timeShare
    property var columns: []
    property real scrolled: 0 // the name stays where it is
    property bool current: false
    signal picked
    signal opened

    height: Theme.px(26)
    Accessible.role: Accessible.Row
    Accessible.name: cells[0]
    Accessible.description: columns.slice(1).map(c => c.title + " " + cells[c.index]).join(", ")
    Accessible.selected: current

    SelectionFill {
        anchors.fill: parent
        radius: Theme.px(4)
        selected: row.current
        hovered: hover.hovered
    }
    Row {
        anchors.fill: parent
        Repeater {
            model: row.columns
            Item {
                id: cell
                required property var modelData
                readonly property bool first: modelData.index === 0
                readonly property string title: modelData.title
                width: modelData.width
                height: row.height
                z: first ? 1 : 0
                transform: Translate { x: cell.first ? row.scrolled : 0 }
                // Figures go under the name, not through it.
                Rectangle {
                    visible: cell.first && row.scrolled > 0
                    anchors.fill: parent
                    anchors.margins: Theme.px(2)
                    color: row.current ? Theme.selection : hover.hovered ? Theme.hover : Theme.panel
                }
                KindMark {
                    id: mark
                    visible: cell.first && row.kind >= 0
                    kind: Math.max(0, row.kind)
                    x: Theme.px(6)
                    anchors.verticalCenter: parent.verticalCenter
                }
                AppText {
                    id: label
                    x: cell.first && row.kind >= 0 ? Theme.px(22) : Theme.px(6)
                    width: parent.width - x - Theme.px(6)
                    height: parent.height
                    horizontalAlignment: cell.modelData.number ? Text.AlignRight : Text.AlignLeft
                    // Names of branches and ops differ at their ends.
                    elide: !cell.first ? Text.ElideNone
                        : App.costs.table.level >= 3 ? Text.ElideLeft : Text.ElideMiddle
                    text: row.cells[cell.modelData.index]
                    font.pixelSize: Theme.small
                    font.weight: cell.first ? Font.Medium : Font.Normal
                }
                HoverHandler { id: nameHover }
                Tip {
                    visible: cell.first && nameHover.hovered && label.truncated
                    text: label.text
                }
                Rectangle {
                    readonly property real share: cell.title === "% MACs" ? row.macsShare
                        : cell.title === "% time" ? row.timeShare : 0
                    visible: share > 0
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.px(6)
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Theme.px(2)
                    width: Math.max(1, (parent.width - Theme.px(12)) * Math.min(1, share / App.costs.table.largestShare))
                    height: Theme.px(2)
                    color: Theme.branch(cell.title === "% MACs" ? 1 : 0)
                }
            }
        }
    }
    HoverHandler { id: hover }
    // Not a TapHandler: it would take clicks that close a menu over it, too (Qt 6.4).
    MouseArea {
        anchors.fill: parent
        onClicked: row.picked()
        onDoubleClicked: row.opened()
    }
}
