import QtQuick
import Inceptoscope

// A tip over what goes away with its view: shown by a timer, not by a binding, since a tip without
// a window is an error.
Item {
    id: root

    property bool when: false
    property string text

    anchors.fill: parent
    onWhenChanged: if (!when) tip.visible = false
    Timer {
        interval: 500
        running: root.when && root.text !== ""
        onTriggered: tip.visible = true
    }
    Tip {
        id: tip
        text: root.text
        delay: 0
    }
}
