import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What every part of the network costs, counted and measured.
FocusScope {
    id: root

    signal saveChart(var chart)

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.margin
        spacing: Theme.space

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space
            AppText {
                Layout.fillWidth: true
                text: qsTr("Costs of %1").arg(App.overview.title)
                elide: Text.ElideRight
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Segmented {
                name: qsTr("Area")
                tip: qsTr("What the height of a cell stands for")
                options: App.costs.hasTimes ? [qsTr("MACs"), qsTr("Params"), qsTr("Time")] : [qsTr("MACs"), qsTr("Params")]
                current: App.costs.area
                onPicked: index => App.costs.area = index
            }
            AppButton {
                glyph: "save"
                tip: qsTr("Save the chart as SVG or PNG (Ctrl+E)")
                onClicked: root.saveChart(icicle)
            }
        }
        ChartView {
            id: icicle
            Layout.fillWidth: true
            Layout.fillHeight: true
            name: qsTr("Costs of %1, part by part").arg(App.overview.title)
            chart: App.costs.icicle
            selected: App.costs.selected >= 0 ? [App.costs.selected] : []
            onPicked: index => App.costs.selected = index
            onOpened: index => App.showModuleOf(App.costs.moduleOf(index))
        }
    }
    Shortcut { sequence: "Ctrl+E"; onActivated: root.saveChart(icicle) }
}
