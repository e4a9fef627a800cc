import QtQuick
import Inceptoscope
import Inceptoscope.Models

// Curves, two beside each other where there is room.
Grid {
    id: root

    readonly property var lab: App.laboratory
    property real least: Theme.px(320)
    visible: lab.chartCount > 0
    columns: lab.chartCount > 1 && width > Theme.px(760) ? 2 : 1
    spacing: Theme.px(16)

    Repeater {
        model: root.lab.chartCount
        ChartView {
            required property int index
            width: (root.width - (root.columns - 1) * root.spacing) / root.columns
            height: Math.max(root.least, neededHeight)
            name: root.lab.title
            chart: (root.lab.revision, root.lab.chart(index))
        }
    }
}
