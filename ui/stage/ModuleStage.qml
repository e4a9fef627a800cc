import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// The module on stage: its name and numbers, and the drawing.
Item {
    id: root

    signal save
    signal copy

    StageHeader {
        id: header
        onSave: root.save()
        onCopy: root.copy()
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.leftMargin: Theme.px(16)
        anchors.rightMargin: Theme.margin
    }
    ScrollPage {
        id: flick
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.px(16)
        anchors.rightMargin: Theme.px(16)
        anchors.bottomMargin: Theme.px(10)
        contentHeight: Math.max(height, diagram.neededHeight)
        StageDiagram {
            id: diagram
            width: flick.width
            height: flick.contentHeight
            seenFrom: flick.contentY
            seenTo: flick.contentY + flick.height
        }
    }
}
