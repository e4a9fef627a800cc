import QtQuick
import Inceptoscope
import Inceptoscope.Models

// A chart: hover tells, a click or the arrows select, double click or Enter opens.
FocusScope {
    id: root

    required property var chart
    property string name
    property string fileTitle: name
    property var selected: []
    property color background: Theme.background
    // With several selected at once, what a plain click makes of them is up to who listens.
    signal picked(int index)
    signal opened(int index)

    function save(file) { return item.save(file, fileTitle) }
    function move(by) {
        const to = item.next(by)
        if (to >= 0)
            picked(to)
    }

    activeFocusOnTab: true
    Accessible.role: Accessible.Chart
    Accessible.name: name
    Accessible.description: qsTr("%1 data; arrow keys choose one, Enter opens it").arg(item.count)
    Keys.onLeftPressed: move(-1)
    Keys.onRightPressed: move(1)
    Keys.onUpPressed: move(-1)
    Keys.onDownPressed: move(1)
    Keys.onReturnPressed: if (selected.length) opened(selected[selected.length - 1])
    Keys.onEnterPressed: if (selected.length) opened(selected[selected.length - 1])

    ChartItem {
        id: item
        anchors.fill: parent
        chart: root.chart
        selected: root.selected
        dark: Theme.dark
        unit: Theme.unit
        background: root.background
        onPicked: index => {
            root.forceActiveFocus()
            root.picked(index)
        }
        onOpened: index => root.opened(index)
    }
    // By a timer, not a binding: on its way out with its view, a tip without a window is an error.
    Timer {
        interval: 200
        running: item.hovered >= 0 && root.visible
        onTriggered: tip.visible = item.hoveredTip !== ""
    }
    Connections {
        target: item
        function onHoveredChanged() {
            if (item.hovered < 0)
                tip.visible = false
        }
    }
    Rectangle {
        id: pointed
        x: item.hoveredAt.x
        y: item.hoveredAt.y
        width: 1
        height: 1
        color: "transparent"
        Tip {
            id: tip
            text: item.hoveredTip
            delay: 0
        }
    }
    FocusRing {
        shown: root.activeFocus
        anchors.margins: Theme.px(1)
    }
}
