import QtQuick
import Inceptoscope
import Inceptoscope.Models

// An op's name; a click shows all its maps, as large as the window allows.
LinkText {
    required property OpItem op
    property bool opens: true

    enabled: opens
    text: op.title
    font.weight: Font.DemiBold
    Accessible.name: op.title + ", " + op.name
    Accessible.description: op.scores ? qsTr("Shows all its values") : qsTr("Shows all its maps as large as the window allows")
    onClicked: App.stage.openOp(op.node)
}
