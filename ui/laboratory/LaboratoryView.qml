import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// A claim about the networks, tried on this computer: sliders, sides next to each other, what was
// counted and measured, and what follows from it.
FocusScope {
    id: root

    readonly property var lab: App.laboratory
    readonly property bool curvesFirst: lab.chartCount > 0 && (lab.sides.length !== 2 || !Array.from(lab.sides).some(side => side.drawn))
    readonly property bool narrow: width < Theme.px(900)
    readonly property bool low: height < Theme.px(600)

    // What Ctrl+S, Ctrl+C and Ctrl+E save and copy.
    function figure() {
        const picture = App.saver.imageContent(App.saver.pictureOf(page)) // before the dialog lies over it
        return { title: qsTr("Save the picture"), name: lab.title, kind: "pictures", formats: ["png"],
            why: qsTr("Only as PNG: this page is kept as it is on screen. Ctrl+E saves its figures as a table; charts and figures of modules can be SVG or PDF."), content: () => picture }
    }
    function copy() { App.saver.copyImage(App.saver.pictureOf(page)) }
    function values() {
        return { title: qsTr("Save the figures"), name: lab.title, kind: "documents", formats: ["csv"],
            content: () => App.saver.textContent(lab.csv()) }
    }

    Component {
        id: morph
        MorphView {}
    }
    Component {
        id: charts
        ExperimentCharts {}
    }
    // Its scroll bar goes with it.
    Item {
        id: list
        visible: !root.narrow
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.margins: Theme.margin
        width: Theme.px(236)
        ExperimentList { anchors.fill: parent }
    }
    Picker {
        id: choice
        visible: root.narrow
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.margin
        name: qsTr("Experiment")
        textRole: "title"
        detailRole: "claim"
        sectionRole: "chapter"
        model: root.lab.experiments
        currentIndex: root.lab.index
        onActivated: index => root.lab.current = root.lab.experiments[index].id
    }
    ScrollPage {
        id: page
        anchors.left: root.narrow ? parent.left : list.right
        anchors.right: parent.right
        anchors.top: root.narrow ? choice.bottom : parent.top
        anchors.bottom: parent.bottom
        anchors.margins: Theme.margin
        anchors.leftMargin: root.narrow ? Theme.margin : Theme.margin + Theme.px(12)
        anchors.rightMargin: Theme.margin + Theme.px(4)
        contentHeight: body.height
        Connections {
            target: root.lab
            function onExperimentChanged() { page.contentY = 0 }
        }

        Column {
            id: body
            width: page.width
            spacing: Theme.px(root.low ? 8 : 14)

            Column {
                width: parent.width
                spacing: Theme.px(4)
                AppText {
                    width: parent.width
                    text: root.lab.title
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.title
                    font.weight: Font.DemiBold
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                AppText {
                    width: parent.width
                    text: root.lab.claim
                    wrapMode: Text.Wrap
                    font.pixelSize: root.low ? Theme.body : Theme.large
                }
                AppText {
                    width: parent.width
                    text: root.lab.source
                    wrapMode: Text.Wrap
                    color: Theme.secondary
                    font.pixelSize: Theme.small
                }
            }
            VerdictBox {
                width: parent.width
                low: root.low
            }
            // Where it isn't one against another, the curves say more than the drawings; in a low
            // window the sliders stand beside them, so that both are seen with the verdict.
            Grid {
                id: tried
                readonly property bool beside: root.curvesFirst && settings.visible && root.low && width > Theme.px(620)
                readonly property real room: page.height - y
                width: parent.width
                columns: beside ? 2 : 1
                spacing: body.spacing
                ExperimentSettings {
                    id: settings
                    width: tried.beside ? Theme.px(216) : tried.width
                }
                Loader {
                    active: root.curvesFirst
                    visible: active
                    width: tried.beside ? tried.width - settings.width - tried.spacing : tried.width
                    sourceComponent: charts
                    onLoaded: item.least = Qt.binding(() => Math.max(Theme.px(200), Math.min(Theme.px(320), tried.room)))
                }
            }
            Loader {
                id: walk
                width: parent.width
                active: root.lab.current === "family" && root.lab.sides.length > 0
                visible: active
                sourceComponent: morph
                onLoaded: {
                    item.seenFrom = Qt.binding(() => page.contentY - walk.y)
                    item.seenTo = Qt.binding(() => page.contentY - walk.y + page.height)
                }
            }
            ExperimentSides {
                width: parent.width
                seenFrom: page.contentY - y
                seenTo: seenFrom + page.height
            }
            SideTable { width: parent.width }
            Loader {
                width: parent.width
                active: root.lab.chartCount > 0 && !root.curvesFirst
                visible: active
                sourceComponent: charts
            }
            ExperimentFigures { width: parent.width }
        }
    }
}
