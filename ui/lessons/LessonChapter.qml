import QtQuick
import Inceptoscope
import Inceptoscope.Models

// A version of the network on the family's line, and its lessons.
Item {
    id: root

    required property var chapter
    property bool first: false
    property bool last: false
    readonly property bool complete: chapter.lessons.every(lesson => lesson.done)
    readonly property real rail: Theme.px(26)
    readonly property real nameWidth: Theme.px(width < Theme.px(620) ? 0 : 150)

    height: Math.max(name.height, cards.height + cards.y) + Theme.px(18)
    Accessible.role: Accessible.Grouping
    Accessible.name: chapter.title

    Rectangle {
        id: line
        x: Theme.px(9)
        y: root.first ? Theme.px(12) : 0
        width: Theme.px(3)
        height: (root.last ? Theme.px(12) : root.height) - y
        color: Theme.line
    }
    Rectangle {
        anchors.horizontalCenter: line.horizontalCenter
        y: Theme.px(5)
        width: Theme.px(14)
        height: width
        radius: width / 2
        color: root.complete ? Theme.accent : Theme.panel
        border.color: root.complete ? Theme.accent : Theme.strongLine
        border.width: Theme.px(2)
    }
    Column {
        id: name
        x: root.rail
        width: root.nameWidth || root.width - x
        AppText {
            text: root.chapter.title
            width: parent.width
            wrapMode: Text.Wrap
            font.pixelSize: Theme.large
            font.weight: Font.DemiBold
        }
        AppText {
            text: root.chapter.year
            color: Theme.secondary
            font.pixelSize: Theme.px(14)
        }
    }
    Flow {
        id: cards
        readonly property int columns: Math.max(1, Math.floor((width + spacing) / Theme.px(250)))
        x: root.rail + (root.nameWidth ? root.nameWidth + Theme.px(10) : 0)
        y: root.nameWidth ? 0 : name.height + Theme.px(6)
        width: root.width - x
        spacing: Theme.px(10)
        Repeater {
            model: root.chapter.lessons
            LessonCard {
                required property var modelData
                lesson: modelData
                width: Math.floor((cards.width - (cards.columns - 1) * cards.spacing) / cards.columns)
            }
        }
    }
}
