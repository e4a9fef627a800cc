import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// How it is dreamt, how far it is, and what can be done with it.
Item {
    id: root
    readonly property var dream: App.dream
    signal save

    component Prose: AppText {
        width: parent ? parent.width : 0
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    component Caption: AppText {
        color: Theme.secondary
        Layout.preferredWidth: Theme.px(64)
    }
    ScrollPage {
        anchors.fill: parent
        anchors.rightMargin: Theme.margin
        contentHeight: column.implicitHeight
        Column {
            id: column
            width: parent.width
            spacing: Theme.px(9)

            Flow {
                width: parent.width
                spacing: Theme.px(8)
                AppButton {
                    primary: !root.dream.dreaming
                    glyph: root.dream.dreaming ? "pause" : "dream"
                    text: root.dream.dreaming ? qsTr("Stop") : root.dream.hasPicture ? qsTr("Dream anew") : qsTr("Dream")
                    tip: root.dream.dreaming ? qsTr("Stop; what was dreamt stays")
                        : qsTr("Gradient ascent from the open picture, on the device")
                    enabled: root.dream.possible
                    onClicked: root.dream.dreaming ? root.dream.stop() : root.dream.start()
                }
                AppButton {
                    visible: root.dream.complete && !root.dream.dreaming
                    text: qsTr("Dream on")
                    tip: qsTr("As many steps again, from what was dreamt")
                    onClicked: root.dream.deepen()
                }
                AppButton {
                    visible: root.dream.hasPicture
                    glyph: "save"
                    tip: qsTr("Save the dream as PNG (Ctrl+S)")
                    onClicked: root.save()
                }
            }
            ProgressLine {
                width: parent.width
                value: root.dream.dreaming && !root.dream.hasPicture ? -1 : root.dream.progress
                opacity: root.dream.dreaming || root.dream.hasPicture ? 1 : 0
            }
            Prose {
                text: root.dream.problem || root.dream.reason || root.dream.text || " "
                color: root.dream.problem ? Theme.text : Theme.secondary
                font.weight: root.dream.problem ? Font.DemiBold : Font.Normal
            }
            GridLayout {
                width: parent.width
                columns: root.width < Theme.px(210) ? 1 : 2
                columnSpacing: Theme.px(10)
                rowSpacing: Theme.px(4)
                Caption { text: qsTr("Strength") }
                AppSlider {
                    Layout.fillWidth: true
                    name: qsTr("How far each step of the next dream goes")
                    value: root.dream.strength
                    onMoved: root.dream.strength = value
                }
                Caption { text: qsTr("Sizes: %1").arg(root.dream.octaves) }
                AppSlider {
                    Layout.fillWidth: true
                    name: qsTr("At how many sizes of the picture the next dream goes on")
                    from: 1
                    to: root.dream.mostOctaves
                    stepSize: 1
                    snapMode: Slider.SnapAlways
                    value: root.dream.octaves
                    onMoved: root.dream.octaves = value
                }
            }
            Prose {
                topPadding: Theme.px(4)
                text: qsTr("Each step moves every pixel to where this module's outputs grow, so that the picture holds more of what the module already sees in it: edges and textures in early modules, parts of things in late ones. Small sizes of the picture come first, so that large shapes do.")
            }
            Prose {
                text: qsTr("Gradient ascent; Mordvintsev, Olah and Tyka, Inceptionism, 2015")
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            Prose {
                text: qsTr("The sliders hold for the next dream. Step through the network to let another module dream.")
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
        }
    }
}
