import QtQuick
import Inceptoscope

// One thing that was found: its name, what is around it, and what kind of thing it is.
Item {
    id: hit

    required property int index
    required property string title
    required property string detail
    required property string kind
    required property string keys
    property bool current: false
    signal pointed(point at) // where the mouse is in the window
    signal picked

    height: Theme.px(detail ? 44 : 34)
    Accessible.role: Accessible.ListItem
    Accessible.name: kind + ": " + title + (detail ? ", " + detail : "") + (keys ? ", " + keys : "")
    Accessible.selected: current
    Accessible.onPressAction: picked()

    SelectionFill {
        anchors.fill: parent
        radius: Theme.px(4)
        selected: hit.current
    }
    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.px(12)
        width: chip.x - x - Theme.px(10)
        AppText {
            width: parent.width
            elide: Text.ElideMiddle
            text: hit.title
            font.weight: Font.Medium
        }
        AppText {
            visible: hit.detail !== ""
            width: parent.width
            elide: Text.ElideRight
            text: hit.detail
            color: Theme.secondary
            font.pixelSize: Theme.tiny
        }
    }
    AppText {
        visible: hit.keys !== ""
        anchors.right: chip.left
        anchors.rightMargin: Theme.px(10)
        anchors.verticalCenter: parent.verticalCenter
        text: hit.keys
        color: Theme.secondary
        font.pixelSize: Theme.small
    }
    Rectangle {
        id: chip
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(14)
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(78)
        height: Theme.px(20)
        radius: Theme.px(4)
        color: Theme.raised
        border.color: Theme.line
        border.width: Theme.hairline
        AppText {
            anchors.centerIn: parent
            text: hit.kind
            color: Theme.secondary
            font.pixelSize: Theme.tiny
        }
    }
    HoverHandler {
        onPointChanged: if (hovered) hit.pointed(point.scenePosition)
    }
    TapHandler { onTapped: hit.picked() }
}
