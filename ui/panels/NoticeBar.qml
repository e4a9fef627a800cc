import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.impl
import Inceptoscope

// One sentence across the window with what can be done about it.
Rectangle {
    id: root

    property string glyph: "info"
    property string text
    property bool error: false
    default property alias actions: row.data

    implicitHeight: Math.max(label.implicitHeight + Theme.px(10), Theme.px(42))
    color: error ? Theme.errorBack : Theme.noticeBack
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: root.error ? Theme.errorLine : Theme.noticeLine
    }
    IconImage {
        id: icon
        x: Theme.px(16)
        anchors.verticalCenter: parent.verticalCenter
        source: "qrc:/icons/" + root.glyph + ".svg"
        color: Theme.text
        sourceSize: Qt.size(Theme.px(20), Theme.px(20))
    }
    AppText {
        id: label
        anchors.left: icon.right
        anchors.leftMargin: Theme.px(10)
        anchors.right: row.left
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        wrapMode: Text.Wrap
    }
    Row {
        id: row
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space
    }
}
