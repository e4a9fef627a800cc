import QtQuick
import Inceptoscope
import Inceptoscope.Models

// Everything else that was counted or measured: single figures, then tables.
Column {
    id: root

    readonly property var lab: App.laboratory
    spacing: Theme.px(14)

    Column {
        width: parent.width
        spacing: Theme.px(3)
        Repeater {
            model: root.lab.figures
            Row {
                id: figure
                required property var modelData
                width: parent.width
                spacing: Theme.px(12)
                AppText {
                    id: label
                    width: parent.width * 0.5 - parent.spacing
                    text: figure.modelData.title
                    wrapMode: Text.Wrap
                    verticalAlignment: Text.AlignTop
                    color: Theme.secondary
                }
                AppText {
                    width: parent.width * 0.5
                    text: figure.modelData.text
                    wrapMode: Text.Wrap
                    verticalAlignment: Text.AlignTop
                    font.weight: Font.DemiBold
                }
            }
        }
    }
    Repeater {
        model: root.lab.tables
        Column {
            id: entry
            required property var modelData
            width: root.width
            spacing: Theme.px(4)
            AppText {
                width: parent.width
                text: entry.modelData.title
                wrapMode: Text.Wrap
                font.pixelSize: Theme.large
                font.weight: Font.DemiBold
            }
            TextTable {
                width: parent.width
                name: entry.modelData.title
                columns: entry.modelData.columns
                rows: entry.modelData.rows
            }
        }
    }
}
