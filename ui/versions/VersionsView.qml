import QtQuick
import Inceptoscope

// The versions of the network side by side.
FocusScope {
    AppText {
        anchors.centerIn: parent
        text: qsTr("The versions side by side come here.")
        color: Theme.secondary
        font.pixelSize: Theme.large
    }
}
