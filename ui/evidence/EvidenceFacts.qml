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
            AppSwitch {
                visible: root.evidence.live
                text: qsTr("Follow the leading class")
                checked: root.evidence.following
                onToggled: root.evidence.following = checked
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
                    branch: root.evidence.branches[index] || ({ name: "", branch: -1, text: "", share: 0, cost: "" })
                }
            }
            Prose {
                visible: text !== ""
                text: root.evidence.branchesText
                color: Theme.secondary
                font.pixelSize: Theme.small
            }
            AppButton {
                id: all
                visible: root.evidence.ofModules && root.evidence.found && !root.evidence.live && root.evidence.ledger(0).length > 0
                checkable: true
                implicitHeight: Theme.px(28)
                textSize: Theme.small
                text: qsTr("All branches of the network")
                tip: qsTr("Each branch's part of the evidence, beside what it costs")
            }
            // Wraps where the column is narrow.
            Flow {
                visible: ledger.shown
                width: parent.width
                spacing: Theme.px(4)
                Repeater {
                    model: root.evidence.orders
                    AppButton {
                        required property int index
                        required property string modelData
                        implicitHeight: Theme.px(26)
                        textSize: Theme.small
                        text: modelData
                        tip: index < 3 ? qsTr("Most first: %1").arg(modelData) : qsTr("As they run")
                        checked: ledger.order === index
                        Accessible.role: Accessible.RadioButton
                        Accessible.checked: checked
                        onClicked: ledger.order = index
                    }
                }
            }
            Column {
                id: ledger
                property int order: 0
                readonly property bool shown: all.visible && all.checked
                // Anew with each answer.
                readonly property var rows: shown && root.evidence.figureSize ? root.evidence.ledger(order) : []
                visible: shown
                width: parent.width
                spacing: Theme.px(8)
                Repeater {
                    model: ledger.rows.length
                    BranchRow {
                        required property int index
                        width: ledger.width
                        inset: false
                        branch: ledger.rows[index] || ({ name: "", branch: -1, text: "", share: 0, cost: "" })
                    }
                }
            }
        }
    }
}
