import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What the method tells, its check, and each branch's part of it.
Item {
    id: root
    readonly property var evidence: App.evidence

    component Prose: AppText {
        width: parent ? parent.width : 0
        wrapMode: Text.Wrap
        lineHeight: 1.15
    }
    ScrollPage {
        id: page
        anchors.fill: parent
        anchors.rightMargin: Theme.margin
        contentHeight: column.implicitHeight
        Column {
            id: column
            width: parent.width
            spacing: Theme.px(7)

            Prose {
                visible: text !== ""
                text: root.evidence.found ? [root.evidence.scoreText, root.evidence.place].filter(s => s).join(", ")
                    : root.evidence.busy ? qsTr("Looking for evidence…") : ""
                font.weight: Font.DemiBold
            }
            Prose {
                visible: text !== ""
                text: root.evidence.problem
                font.weight: Font.DemiBold
            }
            Prose { text: root.evidence.sentence }
            Prose {
                text: root.evidence.source
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            Repeater {
                model: root.evidence.facts
                Item {
                    id: fact
                    required property var modelData
                    width: column.width
                    height: Math.max(title.height, value.height)
                    AppText {
                        id: title
                        width: parent.width * 0.5
                        text: fact.modelData.title
                        wrapMode: Text.Wrap
                        color: Theme.secondary
                    }
                    AppText {
                        id: value
                        x: parent.width * 0.5 + Theme.space
                        width: parent.width - x
                        text: fact.modelData.text
                        wrapMode: Text.Wrap
                        font.weight: Font.DemiBold
                    }
                }
            }
            Prose {
                visible: root.evidence.ofModules && root.evidence.branches.length > 0
                topPadding: Theme.px(4)
                text: qsTr("Its branches")
                color: Theme.secondary
                font.weight: Font.DemiBold
                font.pixelSize: Theme.small
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Repeater {
                // As many rows as before take the next values.
                model: root.evidence.branches.length
                BranchRow {
                    required property int index
                    width: column.width
                    branch: root.evidence.branches[index] || ({ name: "", branch: -1, picture: App.gradient(""), text: "", share: 0, cost: "" })
                }
            }
            Prose {
                visible: text !== ""
                text: root.evidence.branchesText
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
        }
    }
}
