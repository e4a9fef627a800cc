import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The page of a lesson at the foot of the window, under the stage that it set: what to see, what to
// do, what to predict. For a lecture hall in large letters.
Rectangle {
    id: root

    signal save(var subject)

    property real mostHeight: Theme.px(300)
    property Item stage // what the window shows of the page
    readonly property bool wide: width > Theme.px(720)
    readonly property bool acts: App.lessons.task !== "" || App.lessons.question !== ""
    readonly property real letters: Theme.px(App.lessons.presenting ? 21 : 15)
    readonly property real textWidth: acts && wide ? Math.round((width - 3 * Theme.margin) * 0.52) : width - 2 * Theme.margin

    // A word that names a branch has the branch's colour; `at` counts to the one that has the focus.
    function coloured(html, at) {
        let index = 0
        return html.replace(/<a href="([^"]*)"/g, (all, link) => {
            if (index++ === at)
                return all + " style=\"color: " + Theme.accentInk + "; background-color: " + Theme.accent + "\""
            const branch = App.lessons.branchOf(link)
            return all + " style=\"color: " + (branch < 0 ? Theme.text : Theme.branch(branch)) + "\""
        })
    }

    // From a page that opens Tab leads to its words, not through the whole window first.
    function takeFocus() {
        let item = Window.activeFocusItem
        while (item && item !== root)
            item = item.parent
        if (!item && App.lessons.open)
            body.forceActiveFocus(Qt.OtherFocusReason)
    }
    function keep() {
        if (stage && stage.visible && stage.width > 0)
            App.lessons.keepPage(App.saver.pictureOf(stage))
    }
    // As it is now: what was seen of the other pages was kept when they were left.
    function handout() {
        keep()
        const content = App.lessons.handoutContent()
        return { title: qsTr("Save the lesson as a handout"), name: App.lessons.title, kind: "documents",
            formats: ["pdf"], content: () => content }
    }

    Connections {
        target: App.lessons
        function onLeaving() { root.keep() }
        function onPageChanged() { root.takeFocus() }
    }
    Component.onCompleted: takeFocus()

    implicitHeight: Math.min(mostHeight, bar.height + body.contentHeight + Theme.px(26))
    color: Theme.panel
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Lesson: %1").arg(App.lessons.heading)

    Rectangle {
        width: parent.width
        height: Theme.px(2)
        color: Theme.accent
    }
    Item {
        id: bar
        x: Theme.margin
        y: Theme.px(8)
        width: parent.width - 2 * Theme.margin
        height: Math.max(heading.implicitHeight, buttons.height)
        Column {
            id: heading
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - buttons.width - Theme.px(8)
            AppText {
                visible: !App.lessons.presenting
                width: parent.width
                elide: Text.ElideRight
                text: App.lessons.chapter + " · " + App.lessons.title
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            AppText {
                width: parent.width
                elide: Text.ElideRight
                text: App.lessons.heading
                font.pixelSize: App.lessons.presenting ? Theme.px(26) : Theme.px(18)
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
        }
        Row {
            id: buttons
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.px(6)
            AppText {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("%1 of %2").arg(App.lessons.page + 1).arg(App.lessons.pages)
                color: Theme.secondary
                rightPadding: Theme.px(4)
            }
            AppButton {
                glyph: "previous"
                tip: qsTr("The page before (B)")
                enabled: App.lessons.page > 0
                onClicked: App.lessons.back()
            }
            AppButton {
                glyph: "next"
                primary: !root.acts || App.lessons.taskDone || App.lessons.predicted
                tip: App.lessons.page + 1 < App.lessons.pages ? qsTr("The next page (N)") : qsTr("On to the next lesson (N)")
                onClicked: App.lessons.next()
            }
            AppButton {
                visible: root.width > Theme.px(520)
                glyph: "rerun"
                tip: qsTr("Show once more what this page is about")
                onClicked: App.lessons.show()
            }
            AppButton {
                visible: root.width > Theme.px(620)
                glyph: "save"
                tip: qsTr("Save the lesson as a handout (PDF), with what you saw of its pages")
                onClicked: root.save(root.handout())
            }
            AppButton {
                glyph: "present"
                tip: App.lessons.presenting ? qsTr("Normal letters") : qsTr("Large letters, for a lecture hall")
                checkable: true
                checked: App.lessons.presenting
                onClicked: App.lessons.presenting = !App.lessons.presenting
            }
            AppButton {
                glyph: "close"
                tip: qsTr("Leave the lesson; it goes on here another time")
                onClicked: App.lessons.close()
            }
        }
    }
    ScrollPage {
        id: body
        x: Theme.margin
        Keys.onTabPressed: event => { // no stop of its own
            if (activeFocus)
                words.forceActiveFocus(Qt.TabFocusReason)
            else
                event.accepted = false
        }
        anchors.top: bar.bottom
        anchors.topMargin: Theme.px(6)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.px(8)
        width: parent.width - 2 * Theme.margin
        contentHeight: root.wide ? Math.max(words.height, actions.height) : words.height + (root.acts ? actions.height + Theme.px(8) : 0)
        AppText {
            id: words
            // Tab goes from word to word, and then on.
            readonly property var links: App.lessons.links
            property int at: -1
            readonly property string link: hoveredLink || (links[at] ?? "")
            activeFocusOnTab: true
            onActiveFocusChanged: at = activeFocus ? 0 : -1
            onLinksChanged: at = activeFocus ? 0 : -1
            Keys.onTabPressed: event => { if (at + 1 < links.length) ++at; else event.accepted = false }
            Keys.onBacktabPressed: event => { if (at > 0) --at; else event.accepted = false }
            Accessible.role: Accessible.StaticText
            Accessible.name: App.lessons.text.replace(/<[^>]*>/g, "")
            Accessible.description: links.map(link => App.lessons.termText(link)).filter(term => term).join("\n")
            width: root.textWidth
            text: root.coloured(App.lessons.text, at)
            textFormat: Text.RichText
            wrapMode: Text.Wrap
            verticalAlignment: Text.AlignTop
            font.pixelSize: root.letters
            onLinkChanged: App.lessons.hover(link)
            onLinkActivated: link => App.lessons.hover(link)
            HoverHandler {
                cursorShape: words.link ? Qt.PointingHandCursor : Qt.ArrowCursor
            }
            Tip {
                text: App.lessons.termText(words.link)
                visible: text !== ""
                delay: 200
            }
        }
        LessonActions {
            id: actions
            visible: root.acts
            letters: root.letters
            x: root.wide ? root.textWidth + Theme.margin : 0
            y: root.wide ? 0 : words.height + Theme.px(8)
            width: root.wide ? body.width - x : body.width
        }
    }
}
