import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What the module on stage does, the picture, and what the network takes it for.
Rectangle {
    id: root

    signal networkInfo
    signal openVideo
    signal fetchWeights

    function toggleLive() { liveButton.toggle() }

    color: Theme.panel

    component Heading: AppText {
        font.pixelSize: Theme.small
        font.weight: Font.DemiBold
        color: Theme.secondary
        Layout.fillWidth: true
    }

    Rectangle {
        width: Theme.hairline
        height: parent.height
        color: Theme.line
    }
    // What another module is for is read from its beginning.
    Connections {
        target: App.stage
        function onModuleChanged() { page.contentY = 0 }
    }
    ScrollPage {
        id: page
        anchors.fill: parent
        anchors.margins: Theme.margin
        contentHeight: column.implicitHeight
        ColumnLayout {
            id: column
            width: parent.width
            spacing: Theme.space

            // First what the module is for: it must be in sight in the lowest window.
            Heading {
                text: qsTr("About %1").arg(App.stage.title)
            }
            AppText {
                Layout.fillWidth: true
                text: App.stage.about
                wrapMode: Text.Wrap
                lineHeight: 1.2
            }
            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: App.stage.departure
                wrapMode: Text.Wrap
                font.weight: Font.DemiBold
            }
            AppText {
                Layout.fillWidth: true
                visible: App.stage.drawn !== ""
                text: qsTr("Drawn: %1").arg(App.stage.drawn)
                wrapMode: Text.Wrap
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            RowLayout {
                Layout.topMargin: Theme.space
                Layout.fillWidth: true
                spacing: Theme.space
                Heading {
                    text: App.run.pictureTitle || qsTr("Picture")
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
                LiveButton {
                    id: liveButton
                    onOpenVideo: root.openVideo()
                }
            }
            PictureView {
                Layout.fillWidth: true
                // The same for a picture of any shape: what is below stays where it is.
                Layout.preferredHeight: Math.round(Math.min(root.height * 0.26, width * 0.75))
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space
                Heading {
                    text: App.run.weightsKnown && !App.run.trained
                        ? qsTr("Top 5 of random weights") : qsTr("Top 5")
                    wrapMode: Text.Wrap
                }
                AppButton {
                    visible: App.evidence.available && App.run.top.length > 0
                    implicitHeight: Theme.px(28)
                    textSize: Theme.small
                    text: qsTr("Why this class?")
                    tip: qsTr("Show which places of the picture, and which branches, speak for it")
                    checked: App.evidence.isOpen
                    onClicked: App.evidence.isOpen ? App.evidence.close() : App.evidence.ask(App.run.top[0].index)
                }
            }
            AppText {
                Layout.fillWidth: true
                visible: App.run.labelsTitle !== ""
                text: qsTr("Named by %1").arg(App.run.labelsTitle)
                elide: Text.ElideMiddle
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            TopFive {
                Layout.fillWidth: true
                onFetchWeights: root.fetchWeights()
            }
            // Other pictures, behind what the network says of this one.
            SampleStrip { Layout.fillWidth: true }
            Heading {
                text: App.overview.title
                wrapMode: Text.Wrap
                Layout.topMargin: Theme.space
            }
            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: App.networkFacts.status
                wrapMode: Text.Wrap
                font.weight: Font.DemiBold
            }
            AppText {
                Layout.fillWidth: true
                text: App.networkFacts.follows
                wrapMode: Text.Wrap
                lineHeight: 1.2
            }
            AppButton {
                glyph: "info"
                text: qsTr("About this network")
                tip: qsTr("Paper, versions and numbers (I)")
                onClicked: root.networkInfo()
            }
            AppSwitch {
                visible: App.overview.auxiliaries.length > 0 && App.stage.auxiliary
                enabled: App.run.hasAuxiliary
                text: qsTr("Run auxiliary heads")
                tip: qsTr("Auxiliary heads only matter in training (A)")
                checked: App.auxiliary
                onToggled: App.auxiliary = checked
            }
            AppText {
                Layout.fillWidth: true
                visible: App.stage.auxiliary && !App.run.hasAuxiliary
                text: qsTr("They can't run: %1 was saved without them.").arg(App.run.weightsTitle)
                wrapMode: Text.Wrap
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
        }
    }
}
