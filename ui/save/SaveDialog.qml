import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Where a chart, a table or a figure goes: its name, its kind and its folder. Our own, since
// Qt's has no way to give a new name, and a desktop's is not on every machine.
Popup {
    id: root

    // {title, name, kind, formats, size, content(format, factor), why}; a size means that PNGs have
    // scales, and `why` says why there is no SVG or PDF of it.
    property var subject: null
    property string format: "png"
    property int factor: 2
    property string problem
    property string replacing // the name that is there already, and was asked about
    readonly property var formats: subject ? subject.formats : []
    readonly property bool scaled: format === "png" && subject !== null && subject.size !== undefined
    readonly property string fullName: App.saver.withSuffix(name.text, format)

    function ask(what) {
        subject = what
        problem = ""
        format = what.formats.includes(format) ? format : what.formats[0]
        App.saver.goTo(what.kind)
        name.text = App.saver.withSuffix(App.saver.nameFromTitle(what.name), format)
        replacing = ""
        open()
        name.select(0, name.text.length - format.length - 1)
    }
    // A known ending that was typed is meant, also where it was typed in front of the proposed one:
    // the name and its kind, of "maps.svg" as of "maps.svg.png".
    function meant() {
        const typed = name.text.trim()
        const ending = text => formats.find(f => text.toLowerCase().endsWith("." + f))
        const last = ending(typed)
        const front = last ? typed.slice(0, -last.length - 1) : ""
        const before = last ? ending(front) : undefined
        return before ? { name: front, format: before } : { name: typed, format: last || format }
    }
    function choose(to) {
        const { name: whole, format: kind } = meant()
        const stem = whole.toLowerCase().endsWith("." + kind) ? whole.slice(0, -kind.length - 1) : whole
        format = to
        name.text = App.saver.withSuffix(stem, to)
        changed()
    }
    function changed() {
        problem = ""
        replacing = ""
    }
    function save() {
        if (App.saver.busy)
            return
        const typed = meant()
        format = typed.format
        if (name.text.trim() !== typed.name)
            name.text = typed.name
        problem = App.saver.objection(fullName)
        if (problem !== "")
            return
        if (App.saver.exists(fullName) && replacing !== fullName) {
            replacing = fullName
            return
        }
        App.saver.write(fullName, subject.content(format, factor))
    }

    modal: true
    focus: true
    anchors.centerIn: T.Overlay.overlay
    width: Math.min(Theme.px(640), parent ? parent.width - Theme.px(20) : 0)
    height: Math.min(implicitHeight, parent ? parent.height - Theme.px(12) : 0)
    padding: Theme.px(20)
    closePolicy: App.saver.busy ? Popup.NoAutoClose : Popup.CloseOnEscape
    T.Overlay.modal: Rectangle { color: Theme.shade }
    background: Rectangle {
        color: Theme.panel
        radius: Theme.px(10)
        border.color: Theme.strongLine
        border.width: Theme.hairline
    }
    onOpened: name.forceActiveFocus(Qt.TabFocusReason)
    onClosed: subject = null

    Connections {
        target: App.saver
        function onWritten() { root.close() }
        function onRefused(sentence) {
            root.replacing = ""
            root.problem = sentence
        }
        function onFolderChanged() { root.changed() }
    }

    contentItem: ColumnLayout {
        spacing: Theme.space
        AppText {
            text: root.subject ? root.subject.title : ""
            font.pixelSize: Theme.large
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        RowLayout {
            spacing: Theme.space
            AppText {
                text: qsTr("Name")
                color: Theme.secondary
                Layout.preferredWidth: Theme.px(52)
            }
            LineField {
                id: name
                name: qsTr("Name of the file")
                Layout.fillWidth: true
                onTextEdited: {
                    root.changed()
                    root.format = root.meant().format
                }
                onAccepted: root.save()
            }
        }
        RowLayout {
            spacing: Theme.space
            visible: root.formats.length > 1 || root.scaled
            AppText {
                text: qsTr("Kind")
                color: Theme.secondary
                Layout.preferredWidth: Theme.px(52)
            }
            Segmented {
                name: qsTr("Kind")
                tip: qsTr("PNG has pixels; SVG and PDF stay sharp at any size")
                options: root.formats.map(f => f.toUpperCase())
                current: root.formats.indexOf(root.format)
                onPicked: index => root.choose(root.formats[index])
            }
            Segmented {
                visible: root.scaled
                name: qsTr("Size")
                tip: qsTr("Pixels for each pixel of the drawing")
                options: ["1×", "2×", "3×", "4×"]
                current: root.factor - 1
                onPicked: index => root.factor = index + 1
            }
            AppText {
                Layout.fillWidth: true
                visible: root.scaled
                text: root.scaled ? qsTr("%1 × %2 pixels").arg(Math.ceil(root.subject.size.width * root.factor)).arg(Math.ceil(root.subject.size.height * root.factor)) : ""
                elide: Text.ElideRight
                color: Theme.secondary
            }
            Item { Layout.fillWidth: !root.scaled }
        }
        AppText {
            objectName: "why"
            visible: text !== ""
            Layout.fillWidth: true
            Layout.leftMargin: Theme.px(52) + Theme.space
            text: root.subject && root.subject.why ? root.subject.why : ""
            wrapMode: Text.Wrap
            color: Theme.secondary
            font.pixelSize: Theme.small
        }
        FolderBar {
            Layout.fillWidth: true
            browser: App.saver
            onAccepted: root.save()
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: Theme.px(52) + Theme.space
            Layout.preferredHeight: Theme.px(150)
            Layout.minimumHeight: Theme.px(48)
            color: Theme.raised
            radius: Theme.radius
            border.color: Theme.line
            border.width: Theme.hairline
            FocusRing { shown: list.activeFocus }
            FolderList {
                id: list
                anchors.fill: parent
                anchors.margins: Theme.px(4)
                browser: App.saver
                format: root.format
                onFilePicked: file => {
                    name.text = file
                    root.changed()
                    name.forceActiveFocus()
                }
            }
        }
        AppText {
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.px(20)
            text: root.problem !== "" ? root.problem
                : root.replacing !== "" ? qsTr("%1 is there already. Replace it?").arg(root.replacing)
                : App.saver.busy ? qsTr("Saving…") : ""
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            maximumLineCount: 4
            elide: Text.ElideRight
            font.weight: Font.DemiBold
            color: root.problem !== "" ? (Theme.dark ? "#ffb4a6" : "#a3281a") : Theme.text
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            spacing: Theme.space
            AppButton {
                text: qsTr("Cancel")
                tip: qsTr("Save nothing (Esc)")
                enabled: !App.saver.busy
                onClicked: root.close()
            }
            AppButton {
                primary: true
                enabled: !App.saver.busy
                text: root.replacing !== "" ? qsTr("Replace") : qsTr("Save")
                Accessible.description: qsTr("Writes %1 into %2").arg(root.fullName).arg(App.saver.folder)
                onClicked: root.save()
            }
        }
    }
}
