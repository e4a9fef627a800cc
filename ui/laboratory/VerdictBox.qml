import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What follows from the figures, in type that the back row reads.
Rectangle {
    id: root

    readonly property var lab: App.laboratory
    property bool low: false // in a window that has little room
    readonly property color ink: lab.outcome === "holds" ? Theme.branch(2) : lab.outcome === "fails" ? Theme.branch(5) : Theme.bar
    readonly property string word: lab.outcome === "holds" ? qsTr("Holds") : lab.outcome === "fails" ? qsTr("Does not hold here") : qsTr("Open")

    height: column.height + Theme.px(low ? 12 : 20)
    radius: Theme.radius
    color: Theme.panel
    border.color: Theme.line
    border.width: Theme.hairline
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Verdict: %1").arg(root.lab.verdict)

    Rectangle {
        width: Theme.px(6)
        height: parent.height
        radius: Theme.px(3)
        color: root.ink
    }
    Column {
        id: column
        x: Theme.px(18)
        y: Theme.px(root.low ? 6 : 10)
        width: parent.width - x - Theme.px(12)
        spacing: Theme.px(4)
        AppText {
            id: verdict
            width: parent.width
            text: root.lab.problem || root.lab.verdict.replace(/ %/g, "\u00a0%")
            wrapMode: Text.Wrap
            font.pixelSize: root.low ? Theme.large : Theme.title
            font.weight: Font.DemiBold
        }
        AppText {
            width: parent.width
            text: root.lab.inputText
            visible: text !== "" && !root.lab.measuring
            wrapMode: Text.Wrap
            color: Theme.secondary
        }
        MeasuringRow {
            width: parent.width
            model: root.lab
        }
    }
}
