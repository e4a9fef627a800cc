import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Inceptoscope
import Inceptoscope.Models

// All about the network on show: its paper, what is followed where paper and code differ, and
// its numbers.
Popup {
    id: root

    readonly property var info: App.networkFacts

    modal: true
    focus: true
    anchors.centerIn: T.Overlay.overlay
    width: Math.min(Theme.px(1040), parent ? parent.width - Theme.px(40) : 0)
    height: Math.min(body.implicitHeight + 2 * padding, parent ? parent.height - Theme.px(40) : 0)
    padding: Theme.px(26)
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    T.Overlay.modal: Rectangle { color: Theme.shade }
    background: Rectangle {
        color: Theme.panel
        radius: Theme.px(10)
        border.color: Theme.strongLine
        border.width: Theme.hairline
    }

    // Positioners, not layouts: a layout that is hidden while a repeater in it replaces its items
    // keeps the old ones.
    component Prose: AppText {
        width: parent ? parent.width : 0
        wrapMode: Text.Wrap
        lineHeight: 1.2
        font.pixelSize: Theme.px(14)
    }
    component Heading: AppText {
        topPadding: Theme.px(8)
        color: Theme.secondary
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }

    contentItem: Flickable {
        clip: true
        contentHeight: body.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        ScrollIndicator.vertical: ScrollIndicator {}
        focus: true
        Keys.onPressed: event => {
            const steps = { [Qt.Key_Up]: -1, [Qt.Key_Down]: 1 }
            if (event.key in steps)
                contentY = Math.max(0, Math.min(contentHeight - height, contentY + steps[event.key] * Theme.px(60)))
            else if (event.key === Qt.Key_I)
                root.close()
            else
                return
            event.accepted = true
        }

        Row {
            id: body
            readonly property real columns: width - spacing
            width: parent.width
            spacing: Theme.px(36)

            Column {
                width: body.columns * 0.56
                spacing: Theme.px(7)
                Prose {
                    text: root.info.title
                    font.pixelSize: Theme.px(24)
                    font.weight: Font.DemiBold
                }
                Rectangle {
                    visible: root.info.status !== ""
                    width: parent.width
                    height: status.implicitHeight + Theme.px(10)
                    radius: Theme.radius
                    color: Theme.noticeBack
                    border.color: Theme.noticeLine
                    border.width: Theme.hairline
                    AppText {
                        id: status
                        anchors.fill: parent
                        anchors.leftMargin: Theme.px(10)
                        anchors.rightMargin: Theme.px(10)
                        text: root.info.status
                        wrapMode: Text.Wrap
                        font.weight: Font.DemiBold
                    }
                }
                Prose { text: root.info.paper; color: Theme.secondary }
                Heading { text: qsTr("What it follows") }
                Prose { text: root.info.follows }
                Heading { text: qsTr("Where paper and code differ") }
                Repeater {
                    model: root.info.differences
                    Item {
                        id: point
                        required property string modelData
                        width: parent ? parent.width : 0
                        height: sentence.height
                        AppText {
                            text: "•"
                            color: Theme.accent
                            font.pixelSize: Theme.px(14)
                            font.weight: Font.DemiBold
                        }
                        Prose {
                            id: sentence
                            x: Theme.px(16)
                            width: parent.width - x
                            text: point.modelData
                        }
                    }
                }
            }
            Column {
                width: body.columns * 0.44
                spacing: Theme.px(7)
                Repeater {
                    model: root.info.facts
                    Item {
                        id: fact
                        required property var modelData
                        width: parent ? parent.width : 0
                        height: value.height
                        AppText {
                            text: fact.modelData.label
                            color: Theme.secondary
                        }
                        AppText {
                            id: value
                            x: Theme.px(122)
                            width: parent.width - x
                            text: fact.modelData.value
                            wrapMode: Text.Wrap
                            font.weight: Font.Medium
                        }
                    }
                }
                Heading { text: qsTr("Modules") }
                GroupTable {
                    width: parent.width
                    groups: root.info.groups
                }
                AppButton {
                    anchors.right: parent.right
                    text: qsTr("Close")
                    tip: qsTr("Close (Esc or I)")
                    onClicked: root.close()
                }
            }
        }
    }
}
