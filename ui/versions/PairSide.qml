import QtQuick
import Inceptoscope
import Inceptoscope.Models

// One of two modules: its name, and its drawing with the maps of the common input.
Item {
    id: root

    required property var side
    // The part in sight, where it is on a page that scrolls.
    property real seenFrom: 0
    property real seenTo: height
    readonly property real neededHeight: flick.y + diagram.neededHeight

    AppText {
        id: title
        width: Math.min(implicitWidth, parent.width - note.width - Theme.px(10))
        height: Theme.px(26)
        text: root.side.title
        elide: Text.ElideRight
        font.pixelSize: Theme.large
        font.weight: Font.DemiBold
    }
    AppText {
        id: note
        anchors.right: parent.right
        anchors.baseline: title.baseline
        width: Math.min(implicitWidth, parent.width * 0.45)
        text: root.side.note
        elide: Text.ElideRight
        color: Theme.secondary
        font.pixelSize: Theme.small
        HoverHandler { id: hover }
        Tip {
            visible: hover.hovered && note.truncated
            text: note.text
        }
    }
    Rectangle {
        anchors.top: title.bottom
        anchors.topMargin: Theme.px(4)
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.side.error !== ""
        z: 1
        color: Theme.errorBack
        border.color: Theme.errorLine
        border.width: Theme.hairline
        radius: Theme.radius
        AppText {
            anchors.centerIn: parent
            width: parent.width - Theme.px(40)
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: root.side.error
        }
    }
    ScrollPage {
        id: flick
        anchors.top: title.bottom
        anchors.topMargin: Theme.px(4)
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.side.built && root.side.error === ""
        contentHeight: Math.max(height, diagram.neededHeight)
        StageDiagram {
            id: diagram
            width: flick.width
            height: flick.contentHeight
            seenFrom: flick.contentY + Math.max(0, root.seenFrom - flick.y)
            seenTo: flick.contentY + Math.min(flick.height, root.seenTo - flick.y)
            stage: root.side.stage
            opens: false
        }
    }
}
