import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// The experiments by the article's chapters.
ScrollPage {
    id: root

    readonly property var lab: App.laboratory
    property Item chosen // comes into sight, whoever chose it

    function reveal() {
        if (!chosen || !scrolls)
            return
        const top = chosen.mapToItem(contentItem, 0, 0).y
        contentY = Math.max(0, Math.min(contentHeight - height, top, Math.max(contentY, top + chosen.height - height)))
    }
    onChosenChanged: Qt.callLater(reveal)
    onHeightChanged: Qt.callLater(reveal)
    onContentHeightChanged: Qt.callLater(reveal)
    contentHeight: entries.height
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Experiments")

    Column {
        id: entries
        width: root.width
        Repeater {
            model: root.lab.experiments
            Column {
                id: entry
                required property int index
                required property var modelData
                readonly property bool first: index === 0 || root.lab.experiments[index - 1].chapter !== modelData.chapter
                width: entries.width
                AppText {
                    visible: entry.first
                    width: parent.width
                    topPadding: Theme.px(entry.index === 0 ? 2 : 12)
                    bottomPadding: Theme.px(2)
                    text: entry.modelData.chapter
                    color: Theme.secondary
                    font.pixelSize: Theme.small
                    font.weight: Font.DemiBold
                    wrapMode: Text.Wrap
                }
                AbstractButton {
                    id: button
                    readonly property bool current: root.lab.index === entry.index
                    onCurrentChanged: if (current) root.chosen = button
                    Component.onCompleted: if (current) root.chosen = button
                    width: parent.width
                    height: label.implicitHeight + Theme.px(10)
                    focusPolicy: Qt.TabFocus
                    hoverEnabled: true
                    Accessible.role: Accessible.ListItem
                    Accessible.name: entry.modelData.title
                    Accessible.description: entry.modelData.claim
                    Accessible.selected: current
                    onClicked: root.lab.current = entry.modelData.id
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                    Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.TabFocusReason)
                    background: SelectionFill {
                        radius: Theme.radius
                        selected: button.current
                        hovered: button.hovered
                        FocusRing { shown: button.visualFocus }
                    }
                    contentItem: Item {
                        AppText {
                            id: label
                            anchors.verticalCenter: parent.verticalCenter
                            x: Theme.px(12)
                            width: parent.width - x - Theme.px(6)
                            text: entry.modelData.title
                            wrapMode: Text.Wrap
                            font.weight: button.current ? Font.DemiBold : Font.Normal
                        }
                    }
                    Tip {
                        text: entry.modelData.claim
                        visible: button.hovered
                    }
                }
            }
        }
    }
}
