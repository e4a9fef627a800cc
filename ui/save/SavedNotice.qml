import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What was saved last, and where. It goes by itself.
NoticeBar {
    id: root

    visible: App.saver.saved !== ""
    glyph: "save"
    text: App.saver.saved
    AppButton {
        text: qsTr("Show in folder")
        tip: qsTr("Open the folder in the desktop's file manager")
        onClicked: App.saver.showInFolder()
    }
    AppButton {
        glyph: "close"
        flatLook: true
        tip: qsTr("Dismiss (Esc)")
        onClicked: App.saver.dismiss()
    }
    HoverHandler { id: hover }
    Timer {
        interval: 20000
        running: root.visible && !hover.hovered
        onTriggered: App.saver.dismiss()
    }
}
