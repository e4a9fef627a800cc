import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.impl
import Inceptoscope
import Inceptoscope.Models

// What can be opened, and how it is shown.
Rectangle {
    id: root

    signal openPicture
    signal openWeights
    signal openLabels
    signal help
    signal networkInfo

    readonly property var views: ["modules", "costs", "versions"]
    readonly property var viewTitles: [qsTr("Modules"), qsTr("Costs"), qsTr("Versions")]
    readonly property bool modules: App.view === "modules"

    // Large text in a small window: words go first, their tips remain.
    readonly property bool compact: width < Theme.px(1580)
    readonly property bool narrow: width < Theme.px(1220)
    readonly property bool tiny: width < Theme.px(900)

    implicitHeight: Theme.px(50)
    color: Theme.panel

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: Theme.space

        Image {
            visible: !root.narrow
            source: "qrc:/icons/inceptoscope.svg"
            sourceSize: Qt.size(Theme.px(28), Theme.px(28))
        }
        Picker {
            visible: root.tiny
            name: qsTr("View")
            Layout.preferredWidth: Theme.px(104)
            model: root.viewTitles
            currentIndex: root.views.indexOf(App.view)
            onActivated: index => App.view = root.views[index]
        }
        Segmented {
            visible: !root.tiny
            name: qsTr("View")
            tip: qsTr("The network module by module, what each part costs, or the versions side by side (1, 2, 3)")
            options: root.viewTitles
            current: root.views.indexOf(App.view)
            onPicked: index => App.view = root.views[index]
        }
        Picker {
            name: qsTr("Network")
            tip: App.networkFacts.paper
            Layout.preferredWidth: Theme.px(root.tiny ? 130 : 250)
            popupWidth: Math.max(width, Theme.px(500))
            textRole: "title"
            detailRole: "detail"
            sectionRole: "family"
            model: App.networkChoices
            currentIndex: App.networks.indexOf(App.network)
            onActivated: index => App.network = App.networks[index]
        }
        AppButton {
            glyph: "info"
            tip: qsTr("About this network: paper, versions, numbers (I)")
            flatLook: true
            onClicked: root.networkInfo()
        }
        AppButton {
            glyph: "picture"
            text: root.compact ? "" : qsTr("Open picture…")
            tip: qsTr("Open a picture (Ctrl+O). Dropping and pasting work too.")
            onClicked: root.openPicture()
        }
        AppButton {
            glyph: "weights"
            text: root.compact ? "" : qsTr("Open weights…")
            tip: qsTr("Open trained weights: safetensors, ONNX or PyTorch (Ctrl+W)")
            onClicked: root.openWeights()
        }
        AppButton {
            glyph: "labels"
            text: root.compact ? "" : qsTr("Open labels…")
            tip: qsTr("Open names of the classes, a text or JSON file (Ctrl+L)")
            onClicked: root.openLabels()
        }
        Item { Layout.fillWidth: true }
        Picker {
            id: colours
            visible: root.modules
            name: qsTr("Colour map")
            tip: qsTr("Colours of the feature maps (C for the next)")
            gradients: true
            popupWidth: Math.max(width, Theme.px(172))
            Layout.preferredWidth: Theme.px(root.narrow ? 84 : 172)
            model: App.colormaps
            currentIndex: App.colormaps.indexOf(App.settings.colormap)
            onActivated: index => App.settings.colormap = App.colormaps[index]
        }
        Segmented {
            visible: root.modules
            name: qsTr("Scaling")
            tip: qsTr("What the colours span: each map on its own, or all maps of a layer "
                + "together, so that they can be compared (L)")
            options: [qsTr("Each map"), qsTr("Layer")]
            current: App.settings.perLayer ? 1 : 0
            onPicked: index => App.settings.perLayer = index === 1
        }
        AppButton {
            visible: root.modules
            glyph: App.settings.flowDown ? "flow-down" : "flow-up"
            tip: App.settings.flowDown
                ? qsTr("Data flows down; turn it up, as in the papers (F)")
                : qsTr("Data flows up, as in the papers; turn it down (F)")
            flatLook: true
            onClicked: App.settings.flowDown = !App.settings.flowDown
        }
        AppButton {
            visible: !root.narrow
            glyph: "text-smaller"
            tip: qsTr("Smaller text (Ctrl+Minus)")
            flatLook: true
            onClicked: App.settings.stepTextScale(-1)
        }
        AppButton {
            visible: !root.narrow
            glyph: "text-larger"
            tip: qsTr("Larger text (Ctrl+Plus)")
            flatLook: true
            onClicked: App.settings.stepTextScale(1)
        }
        AppButton {
            visible: !root.narrow
            glyph: Theme.dark ? "sun" : "moon"
            tip: Theme.dark ? qsTr("Light theme (T)") : qsTr("Dark theme (T)")
            flatLook: true
            onClicked: App.settings.dark = !App.settings.dark
        }
        AppButton {
            visible: !root.narrow
            glyph: "help"
            tip: qsTr("Keys and what they do (F1 or ?)")
            flatLook: true
            onClicked: root.help()
        }
        MoreButton {
            visible: root.narrow
            onHelp: root.help()
        }
    }
}
