import QtQuick
import Inceptoscope
import Inceptoscope.Models

// All that is known of the selected part, and why its two shares differ where they do.
Rectangle {
    id: root
    readonly property var facts: App.costs.selectedFacts

    implicitHeight: Math.max(Theme.px(90), column.implicitHeight + Theme.px(16))
    color: Theme.panel
    radius: Theme.radius
    border.color: Theme.line
    border.width: Theme.hairline
    Accessible.role: Accessible.StaticText
    Accessible.name: facts.join("\n")

    Column {
        id: column
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.px(12)
        width: parent.width - 2 * x
        spacing: Theme.px(3)
        Repeater {
            model: root.facts
            AppText {
                required property int index
                required property string modelData
                width: parent.width
                wrapMode: Text.Wrap
                text: modelData
                color: index === 1 || index === 2 ? Theme.secondary : Theme.text
                font.pixelSize: index === 0 ? Theme.body : Theme.small
                font.weight: index === 0 || index === 3 ? Font.DemiBold : Font.Normal
            }
        }
    }
}
