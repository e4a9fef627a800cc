import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The sides that are modules, drawn as on stage with the maps of what they get; as many beside each
// other as there is room for.
Grid {
    id: root

    property real seenFrom: 0
    property real seenTo: height
    readonly property var drawn: App.laboratory.current === "family" ? [] : App.laboratory.sides.filter(side => side.drawn)
    readonly property int branches: drawn.reduce((most, side) => Math.max(most, side.stage.columns), 1)
    readonly property int fit: Math.max(1, Math.floor((width + spacing) / Math.max(Theme.px(300), branches * Theme.px(118))))
    readonly property real each: (width - (columns - 1) * spacing) / columns

    visible: drawn.length > 0
    // Rows of the same length.
    columns: Math.max(1, Math.ceil(drawn.length / Math.max(1, Math.ceil(drawn.length / fit))))
    spacing: Theme.px(16)

    Repeater {
        model: root.drawn
        Item {
            id: cell
            required property var modelData
            width: root.each
            height: diagram.y + diagram.height
            AppText {
                id: title
                width: parent.width
                text: cell.modelData.title
                wrapMode: Text.Wrap
                font.pixelSize: Theme.large
                font.weight: Font.DemiBold
            }
            AppText {
                id: field
                anchors.top: title.bottom
                width: parent.width
                text: cell.modelData.field
                wrapMode: Text.Wrap
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            StageDiagram {
                id: diagram
                anchors.top: field.bottom
                anchors.topMargin: Theme.px(6)
                width: parent.width
                height: Math.max(Theme.px(300), neededHeight)
                stage: cell.modelData.stage
                opens: false
                seenFrom: root.seenFrom - cell.y - y
                seenTo: root.seenTo - cell.y - y
            }
        }
    }
}
