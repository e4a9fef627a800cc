import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What can be opened, the same in every view, and how maps are shown. Words go first where there
// is little room; their tips remain.
Rectangle {
    id: root

    signal openPicture
    signal openWeights
    signal openLabels
    signal networkInfo
    signal search

    required property Commands commands
    readonly property bool modules: App.view === "modules"
    readonly property real room: width / Theme.unit
    // With the words of the three buttons, of the search, and with room for the widest names.
    readonly property bool wordy: room > (modules ? 1370 : 940)
    readonly property bool searchWord: room > (modules ? 1060 : 800)
    readonly property bool wide: room > (modules ? 990 : 740)
    // The menu at the end tells about the network and turns the flow, too.
    readonly property bool tight: modules && room < 800
    readonly property bool tightest: modules && room < 740

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
        anchors.leftMargin: Theme.space
        anchors.rightMargin: Theme.margin
        spacing: Theme.px(root.wide ? 8 : 5)

        Row {
            AppButton {
                implicitWidth: Theme.px(28)
                glyph: "back"
                tip: qsTr("Back to what was shown before (Alt+Left)")
                flatLook: true
                enabled: App.places.canGoBack
                onClicked: App.places.back()
            }
            AppButton {
                implicitWidth: Theme.px(28)
                glyph: "forward"
                tip: qsTr("Forward again (Alt+Right)")
                flatLook: true
                enabled: App.places.canGoForward
                onClicked: App.places.forward()
            }
        }
        Picker {
            name: qsTr("Network")
            tip: App.networkFacts.paper
            Layout.fillWidth: true
            Layout.minimumWidth: Theme.px(120)
            Layout.preferredWidth: Theme.px(250)
            Layout.maximumWidth: Theme.px(250)
            popupWidth: Math.max(width, Math.min(Theme.px(500), root.Window.width - Theme.px(170)))
            textRole: "title"
            detailRole: "detail"
            sectionRole: "family"
            model: App.networkChoices
            currentIndex: App.networks.indexOf(App.network)
            onActivated: index => App.network = App.networks[index]
        }
        AppButton {
            visible: !root.tight
            glyph: "info"
            tip: qsTr("About this network: paper, versions, numbers (I)")
            flatLook: true
            onClicked: root.networkInfo()
        }
        AppButton {
            glyph: "picture"
            text: root.wordy ? qsTr("Open picture…") : ""
            tip: qsTr("Open a picture (Ctrl+O). Dropping and pasting work too.")
            onClicked: root.openPicture()
        }
        AppButton {
            glyph: "weights"
            text: root.wordy ? qsTr("Open weights…") : ""
            tip: qsTr("Open trained weights: safetensors, ONNX or PyTorch (Ctrl+Shift+O)")
            onClicked: root.openWeights()
        }
        AppButton {
            glyph: "labels"
            text: root.wordy ? qsTr("Open labels…") : ""
            tip: qsTr("Open names of the classes, a text or JSON file (Ctrl+L)")
            onClicked: root.openLabels()
        }
        Item {
            Layout.fillWidth: true
        }
        AppButton {
            glyph: "search"
            text: root.searchWord ? qsTr("Search…") : ""
            tip: qsTr("Find a module, op, class, network, view or command (Ctrl+K)")
            onClicked: root.search()
        }
        Picker {
            id: colours
            visible: root.modules
            name: qsTr("Colour map")
            tip: qsTr("Colours of the feature maps (C for the next)")
            gradients: true
            popupWidth: Math.max(width, Theme.px(172))
            Layout.preferredWidth: Theme.px(root.wide ? 172 : 84)
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
            visible: root.modules && !root.tightest
            glyph: App.settings.flowDown ? "flow-down" : "flow-up"
            tip: App.settings.flowDown
                ? qsTr("Data flows down; turn it up, as in the papers (F)")
                : qsTr("Data flows up, as in the papers; turn it down (F)")
            flatLook: true
            onClicked: App.settings.flowDown = !App.settings.flowDown
        }
        MoreMenu { commands: root.commands }
    }
}
