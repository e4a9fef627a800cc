import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// A network, and one of its modules.
RowLayout {
    id: root

    required property var side
    property string name
    spacing: Theme.px(6)

    Picker {
        Layout.fillWidth: true
        Layout.preferredWidth: 5
        name: qsTr("%1: network").arg(root.name)
        textRole: "title"
        sectionRole: "detail"
        popupWidth: Math.max(width, Theme.px(300))
        model: App.pair.networks
        currentIndex: root.side.networkIndex
        onActivated: index => root.side.network = App.pair.networks[index].id
    }
    Picker {
        Layout.fillWidth: true
        Layout.preferredWidth: 4
        name: qsTr("%1: module").arg(root.name)
        textRole: "title"
        detailRole: "detail"
        sectionRole: "section"
        popupWidth: Math.max(width, Theme.px(260))
        model: root.side.modules
        currentIndex: root.side.moduleIndex
        onActivated: index => root.side.module = root.side.modules[index].name
    }
}
