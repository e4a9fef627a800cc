import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The module, or one of its maps up close.
FocusScope {
    id: root

    ModuleStage {
        anchors.fill: parent
        visible: !App.channel.isOpen
    }
    ChannelView {
        id: channel
        anchors.fill: parent
        visible: App.channel.isOpen
        onVisibleChanged: {
            // Hidden, it must not keep the keys.
            if (visible)
                forceActiveFocus()
            else
                focus = false
        }
    }
}
