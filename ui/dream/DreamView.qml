import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The open picture, and beside it in the same frame what the module on stage makes of it when it
// gets more of what it sees.
FocusScope {
    id: root

    readonly property var dream: App.dream
    readonly property real margin: Theme.px(16)
    signal save(var subject)

    function figure() {
        return !dream.hasPicture ? null : { title: qsTr("Save the dream"), name: dream.title, kind: "pictures", formats: ["png"],
            why: qsTr("Only as PNG: it is made of pixels."), content: () => App.saver.imageContent(dream.picture) }
    }
    function copy() { App.saver.copyImage(dream.picture) }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Dream")

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    AppText {
        id: heading
        x: root.margin
        y: Theme.px(10)
        width: back.x - x - Theme.space
        text: root.dream.moduleTitle ? qsTr("What %1 sees, amplified").arg(root.dream.moduleTitle) : qsTr("Dream")
        font.pixelSize: root.width < Theme.px(560) ? Theme.large : Theme.title
        font.weight: Font.DemiBold
        elide: Text.ElideRight
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    AppButton {
        id: back
        anchors.right: parent.right
        anchors.rightMargin: root.margin
        y: Theme.px(8)
        glyph: "close"
        text: root.width < Theme.px(560) ? "" : qsTr("Back to module")
        tip: qsTr("Back to module (Esc)")
        onClicked: root.dream.close()
    }
    BeforeAfter {
        id: pictures
        x: root.margin
        y: back.y + back.height + Theme.px(10)
        width: Math.round((root.width - 3 * root.margin) * 0.64)
        height: root.height - y - root.margin
        first: root.dream.before
        second: root.dream.hasPicture ? root.dream.picture : root.dream.before
        firstTitle: qsTr("Before")
        secondTitle: qsTr("Dream")
    }
    DreamControls {
        x: pictures.x + pictures.width + root.margin
        y: pictures.y
        width: root.width - x - root.margin
        height: pictures.height
        onSave: root.save(root.figure())
    }
}
