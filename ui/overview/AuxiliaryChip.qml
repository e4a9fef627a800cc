import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// An auxiliary head: an off-shoot of the line, dimmed as long as it doesn't run.
AbstractButton {
    id: chip

    required property ModuleItem item
    readonly property bool current: App.overview.current === item.module

    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    implicitWidth: elbow.width + body.width
    implicitHeight: Theme.px(28)
    opacity: current || hovered || visualFocus ? 1 : App.auxiliary ? 0.9 : 0.6
    Accessible.role: Accessible.ListItem
    Accessible.name: item.title
    Accessible.description: !App.run.hasAuxiliary ? qsTr("Auxiliary head, not in these weights")
        : App.auxiliary ? qsTr("Auxiliary head") : qsTr("Auxiliary head, not run by default")
    onClicked: {
        App.overview.stopPlay()
        App.overview.current = item.module
    }
    Keys.onReturnPressed: clicked()

    Item {
        id: elbow
        width: Theme.px(14)
        height: parent.height
        Rectangle {
            width: Theme.px(2)
            height: parent.height / 2 + Theme.px(3)
            color: Theme.strongLine
        }
        Rectangle {
            y: parent.height / 2 + Theme.px(1)
            width: parent.width
            height: Theme.px(2)
            color: Theme.strongLine
        }
    }
    Rectangle {
        id: body
        x: elbow.width
        y: Theme.px(5)
        width: label.implicitWidth + Theme.px(18)
        height: Theme.px(20)
        radius: height / 2
        color: chip.current ? Theme.selection : Theme.raised
        border.color: Theme.strongLine
        border.width: Theme.hairline
        AppText {
            id: label
            anchors.centerIn: parent
            text: chip.item.title
            font.pixelSize: Theme.tiny
        }
        FocusRing { shown: chip.visualFocus; radius: height / 2 }
    }
    Tip {
        text: chip.Accessible.description
        visible: chip.hovered
    }
}
