import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// The versions of the network side by side: all in a table and a chart, two stage by stage, two
// modules on the same input.
FocusScope {
    id: root

    signal save(var subject)

    function figure() { return page.item.figure() }
    function copy() {
        if (page.item.copy)
            page.item.copy()
        else
            App.saver.copyImage(App.saver.pictureOf(page))
    }
    function values() { return page.item.values() }

    readonly property var titles: [qsTr("Versions side by side"), qsTr("What changed"), qsTr("Modules side by side")]

    Item {
        id: bar
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.margin
        height: Theme.px(34)
        AppText {
            id: title
            anchors.verticalCenter: parent.verticalCenter
            text: root.titles[App.versions.tab]
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Segmented {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: qsTr("Compare")
            tip: qsTr("All networks, two of them stage by stage, or two modules on the same input")
            options: [qsTr("All versions"), qsTr("Two versions"), qsTr("Two modules")]
            current: App.versions.tab
            onPicked: index => App.versions.tab = index
        }
    }
    Loader {
        id: page
        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        anchors.topMargin: Theme.px(8)
        sourceComponent: App.versions.tab === 0 ? all : App.versions.tab === 1 ? two : modules
    }
    Component {
        id: all
        AllVersions {
            onSave: subject => root.save(subject)
        }
    }
    Component {
        id: two
        TwoVersions {}
    }
    Component {
        id: modules
        TwoModules {}
    }
}
