import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The family's modules one out of the other, with their counts running along.
Column {
    id: root

    readonly property var lab: App.laboratory
    // The part of it in sight.
    property real seenFrom: 0
    property real seenTo: height
    readonly property var side: lab.sides.length ? lab.sides[0] : null
    spacing: Theme.px(10)

    component Count: Column {
        id: count
        property string label
        property real target: 0
        property real shown: target
        Behavior on shown { NumberAnimation { duration: 600; easing.type: Easing.InOutQuad } }
        AppText {
            text: count.label
            color: Theme.secondary
            font.pixelSize: Theme.small
        }
        AppText {
            text: Number(Math.round(count.shown)).toLocaleString(Qt.locale("en_US"), "f", 0)
            font.pixelSize: Theme.title
            font.weight: Font.DemiBold
            Accessible.name: count.label + ": " + Math.round(count.target)
        }
    }
    AppText {
        width: parent.width
        text: root.side ? root.side.title : ""
        wrapMode: Text.Wrap
        font.pixelSize: Theme.large
        font.weight: Font.DemiBold
    }
    Flow {
        width: parent.width
        spacing: Theme.px(36)
        Count { label: qsTr("MACs"); target: root.side ? root.side.macs : 0 }
        Count { label: qsTr("Parameters"); target: root.side ? root.side.params : 0 }
        Count { label: qsTr("Receptive field, pixels"); target: root.side ? root.side.receptiveField : 0 }
    }
    MorphStage {
        visible: root.side !== null
        width: parent.width
        height: implicitHeight
        side: root.side
    }
    // What the real one finds in the picture.
    Column {
        id: maps
        visible: root.side !== null && root.side.realText !== ""
        width: parent.width
        spacing: Theme.px(6)
        AppText {
            width: parent.width
            text: root.side ? root.side.realText : ""
            wrapMode: Text.Wrap
            color: Theme.secondary
        }
        Loader {
            id: diagram
            width: parent.width
            active: root.side !== null && root.side.real
            visible: active
            sourceComponent: StageDiagram {
                height: Math.max(Theme.px(300), neededHeight)
                stage: root.side.realStage
                opens: false
                seenFrom: root.seenFrom - (maps.y + diagram.y)
                seenTo: root.seenTo - (maps.y + diagram.y)
            }
        }
    }
}
