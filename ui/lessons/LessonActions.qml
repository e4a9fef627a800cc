import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What a page asks: one thing to do, or a prediction and then the network's answer.
Column {
    id: root

    required property real letters

    spacing: Theme.px(8)

    Row {
        visible: App.lessons.task !== ""
        width: parent.width
        spacing: Theme.px(8)
        Rectangle {
            id: box
            y: Theme.px(2)
            width: Theme.px(18)
            height: width
            radius: Theme.px(4)
            color: App.lessons.taskDone ? Theme.accent : "transparent"
            border.color: App.lessons.taskDone ? Theme.accent : Theme.strongLine
            border.width: Theme.px(2)
            AppText {
                anchors.centerIn: parent
                visible: App.lessons.taskDone
                text: "✓"
                color: Theme.accentInk
                font.weight: Font.Bold
            }
        }
        AppText {
            width: parent.width - box.width - parent.spacing
            wrapMode: Text.Wrap
            text: App.lessons.task
            font.pixelSize: root.letters
            font.weight: Font.DemiBold
            Accessible.role: Accessible.CheckBox
            Accessible.name: text
            Accessible.checked: App.lessons.taskDone
        }
    }
    AppText {
        visible: App.lessons.question !== ""
        width: parent.width
        wrapMode: Text.Wrap
        text: App.lessons.question
        font.pixelSize: root.letters
        font.weight: Font.DemiBold
    }
    Flow {
        visible: App.lessons.question !== ""
        width: parent.width
        spacing: Theme.px(6)
        Repeater {
            model: App.lessons.answers
            AppButton {
                required property int index
                required property var modelData
                readonly property bool leads: modelData.leads
                text: modelData.title + (modelData.value ? "  " + modelData.value : "")
                textSize: root.letters
                implicitHeight: Theme.px(App.lessons.presenting ? 44 : 34)
                primary: leads
                font.weight: modelData.chosen ? Font.Bold : Font.Medium
                Accessible.name: modelData.title + (leads ? ", " + qsTr("the network's answer") : "")
                    + (modelData.chosen ? ", " + qsTr("your answer") : "")
                readonly property bool pointedAt: hovered || visualFocus
                onPointedAtChanged: App.lessons.hover(pointedAt ? modelData.part : "")
                onClicked: App.lessons.predict(index)
                Rectangle {
                    visible: parent.modelData.branch >= 0
                    y: Theme.px(5)
                    x: Theme.px(3)
                    width: Theme.px(4)
                    height: parent.height - 2 * y
                    radius: width / 2
                    color: visible ? Theme.branch(parent.modelData.branch) : "transparent"
                }
                Rectangle {
                    visible: parent.modelData.chosen
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: -Theme.px(4)
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: parent.width - Theme.px(12)
                    height: Theme.px(3)
                    radius: height / 2
                    color: Theme.text
                }
            }
        }
    }
    AppText {
        visible: App.lessons.verdict !== ""
        width: parent.width
        wrapMode: Text.Wrap
        textFormat: Text.StyledText
        text: App.lessons.verdict
        font.pixelSize: root.letters
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
