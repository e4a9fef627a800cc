import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// The parts of one level, a row each. Arrows select, Enter goes to the module.
FocusScope {
    id: root

    // All of them: where they don't fit, those that say most come first and the table scrolls
    // sideways to the others, the names staying where they are.
    readonly property real room: width - Theme.px(14)
    readonly property real cell: Theme.px(66)
    readonly property var columns: {
        const all = App.costs.table.columns.map((c, i) => ({ index: i, title: c.title, tip: c.tip, number: c.number, wide: c.wide, width: cell }))
        const because = all.find(c => c.title === qsTr("Because")) || all[all.length - 1]
        because.width = Theme.px(78)
        const named = Math.max(Theme.px(170), nameMetrics.advanceWidth(App.costs.table.longestName) + Theme.px(34))
        const rest = all.slice(1).reduce((sum, c) => sum + c.width, 0)
        all[0].width = Math.max(room - rest, Math.min(named, Math.max(Theme.px(110), room * 0.4)))
        return all[0].width + rest <= room ? all : [...all.filter(c => !c.wide), ...all.filter(c => c.wide)]
    }
    readonly property real needed: columns.reduce((sum, c) => sum + c.width, 0)
    // A column comes into sight beside the names.
    function reveal(x, width) {
        const left = x - columns[0].width
        strip.contentX = Math.max(0, Math.min(strip.contentWidth - strip.width, left,
            Math.max(strip.contentX, x + width - strip.width)))
    }

    FontMetrics {
        id: nameMetrics
        font.family: Theme.family
        font.pixelSize: Theme.small
        font.weight: Font.Medium
    }
    function follow() {
        list.currentIndex = App.costs.table.rowOf(App.costs.selected)
        if (list.currentIndex >= 0)
            list.positionViewAtIndex(list.currentIndex, ListView.Contain)
    }
    Component.onCompleted: follow()
    Connections {
        target: App.costs
        function onSelectedChanged() { root.follow() }
    }
    Connections {
        target: App.costs.table
        function onShapeChanged() { root.follow() }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.panel
        radius: Theme.radius
        border.color: Theme.line
        border.width: Theme.hairline
    }
    Flickable {
        id: strip
        anchors.fill: parent
        anchors.margins: Theme.px(3)
        contentWidth: Math.max(width, root.needed + Theme.px(8))
        contentHeight: height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.HorizontalFlick
        readonly property bool scrolls: contentWidth > width + 1
        onWidthChanged: contentX = Math.max(0, Math.min(contentX, contentWidth - width))
        onContentWidthChanged: contentX = Math.max(0, Math.min(contentX, contentWidth - width))
        ScrollBar.horizontal: ScrollBar { policy: strip.scrolls ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff }
        CostHeader {
            id: header
            columns: root.columns
            scrolled: strip.contentX
            onFocused: (x, width) => root.reveal(x, width)
        }
        Rectangle {
            y: header.height
            width: parent.width
            height: Theme.hairline
            color: Theme.line
        }
        ListView {
            id: list
            y: header.height + Theme.px(2)
            width: strip.contentWidth
            height: strip.height - y - (strip.scrolls ? Theme.px(10) : 0)
            clip: true
            focus: true
            activeFocusOnTab: true
            keyNavigationEnabled: false
            boundsBehavior: Flickable.StopAtBounds
            model: App.costs.table
            // Where it is in sight, however far the table is scrolled sideways.
            ScrollBar.vertical: ScrollBar {
                parent: root
                x: root.width - width - Theme.px(3)
                y: list.y + Theme.px(3)
                height: list.height
                policy: ScrollBar.AsNeeded
            }
            Accessible.role: Accessible.Table
            Accessible.name: qsTr("Costs of the parts")
            Accessible.description: qsTr("Arrows select a part, Enter goes to its module; left and right scroll to the columns that have no room")

            function move(by) {
                const to = Math.max(0, Math.min(count - 1, currentIndex + by))
                App.costs.selected = App.costs.table.partAt(to)
            }
            readonly property int page: Math.max(1, Math.floor(height / Theme.px(26)) - 1)
            Keys.onUpPressed: move(-1)
            Keys.onDownPressed: move(1)
            Keys.onLeftPressed: event => sideways(event, -1)
            Keys.onRightPressed: event => sideways(event, 1)
            function sideways(event, by) {
                event.accepted = strip.scrolls
                strip.contentX = Math.max(0, Math.min(strip.contentWidth - strip.width, strip.contentX + by * root.cell))
            }
            Keys.onPressed: event => {
                const steps = { [Qt.Key_PageUp]: -page, [Qt.Key_PageDown]: page, [Qt.Key_Home]: -count, [Qt.Key_End]: count }
                if (event.key in steps) {
                    move(steps[event.key])
                    event.accepted = true
                }
            }
            Keys.onReturnPressed: App.showModuleOf(App.costs.moduleOf(App.costs.selected))
            Keys.onEnterPressed: App.showModuleOf(App.costs.moduleOf(App.costs.selected))
            delegate: CostRow {
                width: ListView.view.width
                columns: root.columns
                scrolled: strip.contentX
                current: ListView.isCurrentItem
                onPicked: {
                    list.forceActiveFocus()
                    App.costs.selected = part
                }
                onOpened: App.showModuleOf(App.costs.moduleOf(part))
            }
            Column {
                x: strip.contentX + (strip.width - width) / 2
                y: (parent.height - height) / 2
                visible: list.count === 0
                spacing: Theme.space
                AppText {
                    anchors.horizontalCenter: parent.horizontalCenter
                    text: App.costs.table.emptyText
                    color: Theme.secondary
                }
                AppButton {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: parent.visible && App.costs.table.matchingOps > 0
                    text: qsTr("Show the ops")
                    onClicked: App.costs.table.level = 4
                }
            }
        }
    }
    FocusRing {
        shown: list.activeFocus
        anchors.margins: Theme.px(1)
    }
}
