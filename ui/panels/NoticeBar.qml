import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.impl
import Inceptoscope

// One sentence with what can be done about it, over whatever lies below: nothing moves when it
// comes or goes.
Rectangle {
    id: root

    property string glyph: "info"
    property string text
    property bool error: false
    property string dismissTip
    readonly property bool overlay: true // see window_geometry.h
    signal dismissed
    default property alias actions: row.data

    implicitHeight: Math.max(label.implicitHeight + Theme.px(14), Theme.px(44))
    color: error ? Theme.errorBack : Theme.noticeBack
    radius: Theme.px(8)
    border.color: error ? Theme.errorLine : Theme.noticeLine
    border.width: Theme.hairline
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    // What lies below gets none of the mouse.
    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
        acceptedButtons: Qt.AllButtons
        onWheel: wheel => wheel.accepted = true
    }
    IconImage {
        id: icon
        x: Theme.px(12)
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
        anchors.right: close.left
        anchors.rightMargin: Theme.px(4)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space
    }
    AppButton {
        id: close
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(6)
        anchors.verticalCenter: parent.verticalCenter
        visible: root.dismissTip !== ""
        width: visible ? implicitWidth : 0
        glyph: "close"
        flatLook: true
        tip: root.dismissTip
        onClicked: root.dismissed()
    }
}
