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

    // For the save dialog, and for the clipboard.
    function figure() {
        return !chart ? null : { title: qsTr("Save the chart"), name: fileTitle, kind: "pictures", formats: ["png", "svg", "pdf"],
            size: Qt.size(width, height), content: (format, scale) => item.content(format, fileTitle, scale) }
    }
    function copy() { App.saver.copyImage(item.picture()) }
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

    readonly property alias neededHeight: item.neededHeight
    // The selected datum comes into sight.
    onSelectedChanged: Qt.callLater(reveal)
    function reveal() {
        if (!selected.length || !page.scrolls)
            return
        const area = item.areaOf(selected[selected.length - 1])
        page.contentY = Math.max(0, Math.min(page.contentHeight - page.height, area.y - Theme.px(40),
            Math.max(page.contentY, area.y + area.height + Theme.px(40) - page.height)))
    }

    // Where there is less room than the chart needs, it scrolls.
    ScrollPage {
        id: page
        anchors.fill: parent
        contentHeight: Math.max(height, item.neededHeight)
        ChartItem {
            id: item
            width: page.width
            height: page.contentHeight
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

            Item {
                id: pointed
                x: item.hoveredAt.x
                y: item.hoveredAt.y
                width: 1
                height: 1
                Tip {
                    id: tip
                    text: item.hoveredTip
                    delay: 0
                }
            }
        }
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
    FocusRing {
        shown: root.activeFocus
        anchors.margins: Theme.px(1)
    }
}
