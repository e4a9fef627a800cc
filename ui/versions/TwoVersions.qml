import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// What changed from one network to another, stage by stage of the family's common plan.
Item {
    id: root

    readonly property var model: App.versions

    function figure() {
        return { title: qsTr("Save the figure"), name: qsTr("%1 to %2").arg(model.before).arg(model.after), kind: "pictures",
            formats: ["png", "svg", "pdf"], size: model.differenceSize(),
            content: (format, scale) => model.differenceContent(format, scale, Theme.dark) }
    }
    function values() {
        return { title: qsTr("Save the table"), name: qsTr("%1 to %2").arg(model.before).arg(model.after), kind: "documents", formats: ["csv"],
            content: () => App.saver.textContent(App.saver.csv(model.totals, ["label", "before", "after", "change"],
                ["figure", model.before, model.after, "change"])) }
    }
    readonly property real side: (width - Theme.px(120) - 4 * Theme.px(10)) * 0.29
    readonly property real stageWidth: Theme.px(120)
    readonly property real changeWidth: width - stageWidth - 2 * side - 4 * Theme.px(10)

    component Side: Column {
        required property var stage
        spacing: Theme.px(1)
        AppText {
            width: parent.width
            text: parent.stage.there ? parent.stage.text + "  ·  " + parent.stage.title : qsTr("none")
            wrapMode: Text.Wrap
            color: parent.stage.there ? Theme.text : Theme.secondary
            font.weight: Font.DemiBold
        }
        AppText {
            visible: parent.stage.there
            width: parent.width
            text: parent.stage.there ? [parent.stage.widths, parent.stage.kernels].filter(s => s).join("  ·  ") : ""
            wrapMode: Text.Wrap
            font.pixelSize: Theme.small
        }
        AppText {
            visible: parent.stage.there
            width: parent.width
            text: parent.stage.there ? [qsTr("%1 MACs").arg(parent.stage.macs), qsTr("%1 params").arg(parent.stage.params),
                parent.stage.time === "–" ? qsTr("counted only") : parent.stage.time].join("  ·  ") : ""
            wrapMode: Text.Wrap
            color: Theme.secondary
            font.pixelSize: Theme.small
        }
    }

    Item {
        id: pickers
        width: parent.width
        height: Theme.px(34)
        Picker {
            x: root.stageWidth + Theme.px(10)
            width: root.side
            name: qsTr("From")
            tip: qsTr("The network to start from")
            textRole: "title"
            detailRole: "detail"
            sectionRole: "family"
            popupWidth: Math.max(width, Theme.px(500))
            model: App.networkChoices
            currentIndex: App.networks.indexOf(root.model.before)
            onActivated: index => root.model.before = App.networks[index]
        }
        Picker {
            x: root.stageWidth + root.side + 2 * Theme.px(10)
            width: root.side
            name: qsTr("To")
            tip: qsTr("The network that it is compared with")
            textRole: "title"
            detailRole: "detail"
            sectionRole: "family"
            popupWidth: Math.max(width, Theme.px(500))
            model: App.networkChoices
            currentIndex: App.networks.indexOf(root.model.after)
            onActivated: index => root.model.after = App.networks[index]
        }
    }
    Flickable {
        anchors.top: pickers.bottom
        anchors.topMargin: Theme.px(8)
        anchors.bottom: parent.bottom
        width: parent.width
        contentHeight: content.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: content
            width: parent.width
            Repeater {
                model: root.model.totals
                Item {
                    id: total
                    required property var modelData
                    required property int index
                    width: content.width
                    height: Theme.px(23)
                    Accessible.role: Accessible.Row
                    Accessible.name: modelData.label + ": " + modelData.before + ", " + modelData.after + ", " + modelData.change
                    AppText {
                        text: total.modelData.label
                        color: Theme.secondary
                        height: parent.height
                    }
                    AppText {
                        x: root.stageWidth + Theme.px(10)
                        text: total.modelData.before
                        height: parent.height
                    }
                    AppText {
                        x: root.stageWidth + root.side + 2 * Theme.px(10)
                        text: total.modelData.after
                        height: parent.height
                    }
                    AppText {
                        x: root.stageWidth + 2 * root.side + 3 * Theme.px(10)
                        text: total.modelData.change
                        height: parent.height
                        font.weight: Font.DemiBold
                    }
                }
            }
            AppText {
                visible: root.model.difference.length === 0
                width: parent.width
                topPadding: Theme.px(20)
                text: qsTr("One of the two can't be made at this input size.")
                color: Theme.secondary
            }
            Repeater {
                model: root.model.difference
                Item {
                    id: line
                    required property var modelData
                    width: content.width
                    height: Math.max(name.height, before.height, after.height, change.height) + Theme.px(15)
                    Accessible.role: Accessible.Row
                    Accessible.name: modelData.key + ": " + modelData.change
                    Rectangle {
                        width: parent.width
                        height: Theme.hairline
                        color: Theme.line
                    }
                    AppText {
                        id: name
                        y: Theme.px(7)
                        width: root.stageWidth
                        text: line.modelData.key
                        wrapMode: Text.Wrap
                        font.weight: Font.DemiBold
                    }
                    Side {
                        id: before
                        x: root.stageWidth + Theme.px(10)
                        y: Theme.px(7)
                        width: root.side
                        stage: line.modelData.before
                    }
                    Side {
                        id: after
                        x: root.stageWidth + root.side + 2 * Theme.px(10)
                        y: Theme.px(7)
                        width: root.side
                        stage: line.modelData.after
                    }
                    Column {
                        id: change
                        x: root.stageWidth + 2 * root.side + 3 * Theme.px(10)
                        y: Theme.px(7)
                        width: root.changeWidth
                        spacing: Theme.px(1)
                        AppText {
                            width: parent.width
                            text: line.modelData.change
                            wrapMode: Text.Wrap
                            font.weight: Font.Medium
                        }
                        AppText {
                            width: parent.width
                            text: [qsTr("MACs %1").arg(line.modelData.macs), qsTr("params %1").arg(line.modelData.params),
                                line.modelData.time === "–" ? "" : qsTr("time %1").arg(line.modelData.time)].filter(s => s).join("  ·  ")
                            wrapMode: Text.Wrap
                            color: Theme.secondary
                            font.pixelSize: Theme.small
                        }
                    }
                }
            }
        }
    }
}
