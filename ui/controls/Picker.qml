import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Controls.impl
import Inceptoscope
import Inceptoscope.Models

// A drop-down list; with `gradients`, each entry shows its colour map.
ComboBox {
    id: picker

    property string name
    property string tip
    property bool gradients: false

    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    implicitHeight: Theme.px(32)
    implicitWidth: Theme.px(gradients ? 172 : 230)
    Accessible.role: Accessible.ComboBox
    Accessible.name: name + ": " + displayText

    component Entry: Item {
        id: entry
        property string label
        property bool bold: false
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
            anchors.left: swatch.right
            anchors.leftMargin: picker.gradients ? Theme.space : 0
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - Theme.px(8)
            elide: Text.ElideRight
            text: entry.label
            font.weight: entry.bold ? Font.DemiBold : Font.Medium
        }
    }

    contentItem: Entry {
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
        required property string modelData
        width: picker.width - Theme.px(8)
        implicitHeight: Theme.px(32)
        highlighted: picker.highlightedIndex === index
        Accessible.name: modelData
        contentItem: Entry {
            label: item.modelData
            bold: picker.currentIndex === item.index
        }
        background: Rectangle {
            radius: Theme.px(4)
            color: item.highlighted ? Theme.hover : "transparent"
        }
    }
    popup: Popup {
        y: picker.height + Theme.px(4)
        width: picker.width
        padding: Theme.px(4)
        implicitHeight: contentItem.implicitHeight + 2 * padding
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: picker.popup.visible ? picker.delegateModel : null
            currentIndex: picker.highlightedIndex
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
        text: picker.tip
        visible: picker.tip !== "" && picker.hovered && !picker.popup.visible
    }
}
