import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The highest of a layer's values, as many as there is room for; the rest a click away.
Item {
    id: root

    required property OpItem op
    property bool opens: true
    readonly property real rowHeight: Theme.px(24)
    readonly property int room: Math.max(0, Math.floor(height / rowHeight))
    readonly property bool cut: op.channels > room
    readonly property int rows: Math.min(op.channels, cut && room > 1 ? room - 1 : room)

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Highest values of %1").arg(op.name)

    Repeater {
        model: root.visible ? root.rows : 0
        ScoreRow {
            required property int index
            op: root.op
            rank: index
            y: index * root.rowHeight
            width: root.width
        }
    }
    LinkText {
        visible: root.cut && root.room > 1 && root.op.hasPicture
        y: root.rows * root.rowHeight + Theme.px(2)
        enabled: root.opens
        underlined: root.opens
        text: qsTr("and %1 more").arg(root.op.channels - root.rows)
        tip: qsTr("Show all of them")
        color: Theme.secondary
        onClicked: App.stage.openOp(root.op.node)
    }
}
