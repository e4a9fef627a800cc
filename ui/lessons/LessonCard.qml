import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// One lesson: what it is about, and how far it was read.
AbstractButton {
    id: card

    required property var lesson
    readonly property string progress: lesson.done ? qsTr("read to the end")
        : lesson.seen > 0 ? qsTr("page %1 of %2").arg(lesson.seen).arg(lesson.pages)
        : qsTr("%1 pages").arg(lesson.pages)

    height: Math.max(words.height + Theme.px(20), Theme.px(112)) // alike where they can be
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: lesson.title
    Accessible.description: lesson.summary + " " + progress
    onClicked: App.lessons.start(lesson.id)
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: Theme.radius
        color: card.hovered ? Theme.hover : Theme.panel
        border.color: card.lesson.seen > 0 && !card.lesson.done ? Theme.accent : Theme.line
        border.width: Theme.hairline
        FocusRing { shown: card.visualFocus }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
    contentItem: Item {
        Column {
            id: words
            x: Theme.px(12)
            y: Theme.px(10)
            width: parent.width - 2 * x
            spacing: Theme.px(4)
            AppText {
                width: parent.width
                wrapMode: Text.Wrap
                text: card.lesson.title
                font.pixelSize: Theme.px(15)
                font.weight: Font.DemiBold
            }
            AppText {
                width: parent.width
                wrapMode: Text.Wrap
                text: card.lesson.summary
                color: Theme.secondary
            }
            Row {
                spacing: Theme.px(4)
                Repeater {
                    model: card.lesson.pages
                    Rectangle {
                        required property int index
                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.px(8)
                        height: width
                        radius: width / 2
                        color: index < card.lesson.seen ? Theme.accent : "transparent"
                        border.color: index < card.lesson.seen ? Theme.accent : Theme.strongLine
                        border.width: Theme.hairline
                    }
                }
                AppText {
                    leftPadding: Theme.px(6)
                    text: card.progress
                    color: Theme.secondary
                    font.pixelSize: Theme.small
                }
            }
        }
    }
}
