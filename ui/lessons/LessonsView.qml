import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The lessons along the family's line: a chapter a version, a card a lesson.
FocusScope {
    id: root

    signal save(var subject)

    // Nothing of a table: a picture of the page.
    function figure() {
        const picture = App.saver.imageContent(App.saver.pictureOf(page))
        return { title: qsTr("Save the picture"), name: qsTr("Lessons"), kind: "pictures", formats: ["png"], why: qsTr("Only as PNG: this page is kept as it is on screen."),
            content: () => picture }
    }
    function copy() { App.saver.copyImage(App.saver.pictureOf(page)) }
    function values() { return figure() }

    AppText {
        id: title
        x: Theme.margin
        y: Theme.margin
        text: qsTr("Lessons")
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    AppText {
        id: lead
        x: Theme.margin
        anchors.top: title.bottom
        anchors.topMargin: Theme.px(4)
        width: parent.width - 2 * Theme.margin
        wrapMode: Text.Wrap
        text: qsTr("Each page sets the window up, points at what is meant, and asks you to do one thing. What you predict is judged by what the network computes here, on your picture.")
        color: Theme.secondary
        font.pixelSize: Theme.px(14)
    }
    ScrollPage {
        id: page
        anchors.top: lead.bottom
        anchors.topMargin: Theme.margin
        anchors.bottom: parent.bottom
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        contentHeight: chapters.height + Theme.margin
        Column {
            id: chapters
            width: page.width
            Repeater {
                model: App.lessons.chapters
                LessonChapter {
                    required property int index
                    required property var modelData
                    width: chapters.width
                    chapter: modelData
                    first: index === 0
                    last: index === App.lessons.chapters.length - 1
                }
            }
        }
    }
}
