import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// The parts of one level, a row each. Arrows select, Enter goes to the module.
FocusScope {
    id: root

    // Columns that fit: the wide ones only where there is room.
    readonly property var columns: {
        const all = App.costs.table.columns
        const cell = Theme.px(66)
        const wanted = all.filter(c => !c.wide).length
        const room = width - Theme.px(14)
        const named = nameMetrics.advanceWidth(App.costs.table.longestName) + Theme.px(34)
        let spare = Math.floor((room - Math.max(Theme.px(170), named) - wanted * cell) / cell)
        let shown = []
        for (let i = 0; i < all.length; ++i)
            if (!all[i].wide || spare-- > 0)
                shown.push({ index: i, title: all[i].title, tip: all[i].tip, number: all[i].number, width: cell })
        // The last ones go where even these are too many.
        while (shown.length > 3 && room < Theme.px(110) + (shown.length - 2) * cell + Theme.px(78))
            shown.pop()
        const last = shown[shown.length - 1]
        last.width = Theme.px(78)
        shown[0].width = Math.max(Theme.px(110), room - shown.slice(1).reduce((sum, c) => sum + c.width, 0))
        return shown
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
    CostHeader {
        id: header
        x: Theme.px(3)
        y: Theme.px(3)
        columns: root.columns
    }
    Rectangle {
        y: header.y + header.height
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    ListView {
        id: list
        anchors.fill: parent
        anchors.topMargin: header.y + header.height + Theme.px(2)
        anchors.leftMargin: Theme.px(3)
        anchors.rightMargin: Theme.px(3)
        anchors.bottomMargin: Theme.px(3)
        clip: true
        focus: true
        activeFocusOnTab: true
        keyNavigationEnabled: false
        boundsBehavior: Flickable.StopAtBounds
        model: App.costs.table
        ScrollBar.vertical: ScrollBar { policy: ScrollBar.AsNeeded }
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Costs of the parts")
        Accessible.description: qsTr("Arrows select a part, Enter goes to its module")

        function move(by) {
            const to = Math.max(0, Math.min(count - 1, currentIndex + by))
            App.costs.selected = App.costs.table.partAt(to)
        }
        readonly property int page: Math.max(1, Math.floor(height / Theme.px(26)) - 1)
        Keys.onUpPressed: move(-1)
        Keys.onDownPressed: move(1)
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
            current: ListView.isCurrentItem
            onPicked: {
                list.forceActiveFocus()
                App.costs.selected = part
            }
            onOpened: App.showModuleOf(App.costs.moduleOf(part))
        }
        AppText {
            anchors.centerIn: parent
            visible: list.count === 0
            text: qsTr("No part matches “%1”.").arg(App.costs.table.filter)
            color: Theme.secondary
        }
    }
    FocusRing {
        shown: list.activeFocus
        anchors.margins: Theme.px(1)
    }
}
