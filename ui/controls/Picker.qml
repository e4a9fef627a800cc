import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Controls.impl
import Inceptoscope
import Inceptoscope.Models

// A drop-down list; with `gradients`, each entry shows its colour map. A model of objects gives
// an entry its text by textRole, a second line by detailRole and a heading by sectionRole.
ComboBox {
    id: picker

    property string name
    property string tip
    property bool gradients: false
    property string detailRole
    property string sectionRole
    // Why an entry can't be taken, "" where it can.
    property var closed: []
    property real popupWidth: width

    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    implicitHeight: Theme.px(32)
    implicitWidth: Theme.px(gradients ? 172 : 230)
    // What the open list has no use for is nobody else's.
    Keys.priority: Keys.AfterItem
    Keys.onPressed: event => event.accepted = popup.visible
    Accessible.role: Accessible.ComboBox
    Accessible.name: name + ": " + displayText

    component Entry: Item {
        id: entry
        property string label
        property bool bold: false
        readonly property bool cut: said.truncated
        implicitHeight: Theme.px(24)
        ImageItem {
            id: swatch
            visible: picker.gradients
            width: visible ? Theme.px(64) : 0
            height: Theme.px(12)
            anchors.verticalCenter: parent.verticalCenter
            image: picker.gradients ? App.gradient(entry.label) : nothing
            readonly property var nothing: App.gradient("")
        }
        AppText {
            id: said
            anchors.left: swatch.right
            anchors.leftMargin: picker.gradients ? Theme.space : 0
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - Theme.px(8)
            visible: width > Theme.px(20)
            elide: Text.ElideRight
            text: entry.label
            font.weight: entry.bold ? Font.DemiBold : Font.Medium
        }
    }

    contentItem: Entry {
        id: shown
        x: Theme.px(10)
        label: picker.displayText
    }
    leftPadding: Theme.px(10)
    indicator: IconImage {
        x: picker.width - width - Theme.px(8)
        anchors.verticalCenter: parent.verticalCenter
        source: "qrc:/icons/chevron.svg"
        color: Theme.secondary
        sourceSize: Qt.size(Theme.px(14), Theme.px(14))
    }
    background: Rectangle {
        radius: Theme.radius
        color: picker.hovered ? Theme.hover : Theme.raised
        border.width: Theme.hairline
        border.color: Theme.line
        FocusRing { shown: picker.visualFocus }
    }
    delegate: ItemDelegate {
        id: item
        required property int index
        required property var modelData
        readonly property string label: picker.textRole ? modelData[picker.textRole] : modelData
        readonly property string why: picker.closed[index] || ""
        readonly property string detail: why || (picker.detailRole ? modelData[picker.detailRole] : "")
        readonly property string section: !picker.sectionRole ? ""
            : index > 0 && picker.model[index - 1][picker.sectionRole] === modelData[picker.sectionRole] ? ""
            : modelData[picker.sectionRole]
        width: picker.popupWidth - Theme.px(8)
        topPadding: 0
        bottomPadding: 0
        enabled: !why
        highlighted: picker.highlightedIndex === index
        Accessible.name: detail ? label + ", " + detail : label
        contentItem: Column {
            topPadding: Theme.px(item.detail ? 3 : 4)
            bottomPadding: topPadding
            AppText {
                visible: item.section !== ""
                height: Theme.px(22)
                text: item.section
                color: Theme.accent
                font.pixelSize: Theme.small
                font.weight: Font.DemiBold
            }
            Entry {
                width: parent.width
                label: item.label
                opacity: item.enabled ? 1 : 0.5
                bold: picker.currentIndex === item.index
                implicitHeight: item.detail ? Theme.px(18) : Theme.px(24)
            }
            AppText {
                visible: item.detail !== ""
                width: parent.width
                text: item.detail
                elide: Text.ElideRight
                color: Theme.secondary
                font.pixelSize: Theme.tiny
            }
        }
        background: Rectangle {
            radius: Theme.px(4)
            color: item.highlighted ? Theme.hover : "transparent"
        }
    }
    // What had the keyboard before the mouse opened the list: it gets it back.
    property Item before: null
    popup: Popup {
        // Keys and clicks are the list's alone while it is open.
        modal: true
        dim: false
        onAboutToShow: {
            // Set here: the ComboBox sets another, with which its own button would not close it.
            closePolicy = Popup.CloseOnEscape | Popup.CloseOnPressOutside
            picker.before = picker.activeFocus ? null : picker.Window.activeFocusItem
            picker.forceActiveFocus(Qt.PopupFocusReason)
        }
        onClosed: {
            if (picker.before && picker.activeFocus)
                picker.before.forceActiveFocus(Qt.PopupFocusReason)
            picker.before = null
        }
        y: picker.height + Theme.px(4)
        width: picker.popupWidth
        padding: Theme.px(4)
        implicitHeight: Math.min(contentItem.implicitHeight + 2 * padding,
            picker.Window.height - picker.mapToItem(null, 0, y).y - Theme.px(8))
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: picker.popup.visible ? picker.delegateModel : null
            currentIndex: picker.highlightedIndex
            boundsBehavior: Flickable.StopAtBounds
            ScrollIndicator.vertical: ScrollIndicator {}
            Accessible.role: Accessible.List
            Accessible.name: picker.name
        }
        background: Rectangle {
            radius: Theme.radius
            color: Theme.panel
            border.width: Theme.hairline
            border.color: Theme.strongLine
        }
    }
    Tip {
        text: [shown.cut ? picker.displayText : "", picker.tip].filter(s => s).join("\n")
        visible: text !== "" && picker.hovered && !picker.popup.visible
    }
}
