import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Controls.impl
import Inceptoscope
import Inceptoscope.Models

// Everything that has a name, found by typing parts of it. Arrows choose, Enter goes there.
Popup {
    id: root

    required property Commands commands
    readonly property bool isAddress: App.places.isAddress(field.text)

    function move(by) {
        if (list.count === 0)
            return
        list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + by))
        list.positionViewAtIndex(list.currentIndex, ListView.Contain)
    }
    function choose(row) {
        const text = field.text
        if (!isAddress && (row < 0 || row >= list.count))
            return
        chosen = isAddress ? () => App.places.open(text) : () => App.search.choose(row)
        close()
    }
    property var chosen: null
    // The mouse chooses when it moves, not where a list that changes under it puts it.
    property point mouse: Qt.point(-1, -1)
    function pointAt(row, at) {
        const moved = Math.abs(at.x - mouse.x) + Math.abs(at.y - mouse.y) > 1
        if (mouse.x >= 0 && moved)
            list.currentIndex = row
        if (mouse.x < 0 || moved)
            mouse = at
    }

    modal: true
    focus: true
    x: Math.round((parent.width - width) / 2)
    y: Math.round(Math.min(Theme.px(70), parent.height * 0.08))
    width: Math.min(Theme.px(640), parent.width - Theme.px(32))
    height: Math.min(parent.height - y - Theme.px(16), Theme.px(560))
    padding: Theme.px(10)
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    // At once: who types doesn't wait for it to fade in.
    enter: null
    exit: null
    onAboutToShow: {
        App.search.commands = commands.available.map(c => ({ id: c.id, title: c.title, words: c.words, keys: c.keys }))
        App.search.query = ""
        App.search.prepare()
        field.text = ""
        list.currentIndex = 0
        list.positionViewAtBeginning()
        mouse = Qt.point(-1, -1)
        field.forceActiveFocus()
    }
    // Once it is gone: what was chosen may want the keyboard.
    onClosed: {
        const act = chosen
        chosen = null
        if (act)
            act()
    }
    Connections {
        target: App.search
        function onCommandChosen(id) { root.commands.run(id) }
        function onCountChanged() {
            list.currentIndex = 0
            list.positionViewAtBeginning()
        }
    }

    T.Overlay.modal: Rectangle { color: Theme.shade }
    background: Rectangle {
        color: Theme.panel
        radius: Theme.px(10)
        border.color: Theme.strongLine
        border.width: Theme.hairline
    }
    contentItem: Item {
        TextField {
            id: field
            width: parent.width
            height: Theme.px(40)
            leftPadding: Theme.px(38)
            rightPadding: Theme.px(10)
            color: Theme.text
            placeholderText: width < Theme.px(420) ? qsTr("Search…")
                : qsTr("Module, op, class, network, view or command…")
            placeholderTextColor: Theme.secondary
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            font.family: Theme.family
            font.pixelSize: Theme.large
            selectByMouse: true
            maximumLength: 16384
            Accessible.role: Accessible.EditableText
            Accessible.name: qsTr("Search")
            onTextEdited: App.search.query = text
            onAccepted: root.choose(list.currentIndex)
            Keys.onDownPressed: root.move(1)
            Keys.onUpPressed: root.move(-1)
            Keys.onTabPressed: root.move(1)
            Keys.onBacktabPressed: root.move(-1)
            Keys.onPressed: event => {
                const steps = { [Qt.Key_PageDown]: list.page, [Qt.Key_PageUp]: -list.page }
                if (event.key in steps) {
                    root.move(steps[event.key])
                    event.accepted = true
                }
            }
            background: Rectangle {
                radius: Theme.radius
                color: Theme.raised
                border.width: Theme.hairline
                border.color: Theme.line
                FocusRing { shown: field.activeFocus }
            }
            IconImage {
                x: Theme.px(11)
                anchors.verticalCenter: parent.verticalCenter
                source: "qrc:/icons/search.svg"
                color: Theme.secondary
                sourceSize: Qt.size(Theme.px(18), Theme.px(18))
            }
        }
        ListView {
            id: list
            readonly property int page: Math.max(1, Math.floor(height / Theme.px(44)) - 1)
            anchors.top: field.bottom
            anchors.topMargin: Theme.px(8)
            anchors.bottom: foot.top
            anchors.bottomMargin: Theme.px(6)
            width: parent.width
            visible: !root.isAddress
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: App.search
            // Nothing is made ahead: what is found changes with every letter.
            cacheBuffer: 0
            ScrollBar.vertical: ScrollBar { policy: ScrollBar.AsNeeded }
            Accessible.role: Accessible.List
            Accessible.name: qsTr("What was found")
            delegate: SearchHit {
                width: ListView.view.width
                current: ListView.isCurrentItem
                onPointed: at => root.pointAt(index, at)
                onPicked: root.choose(index)
            }
        }
        AppText {
            anchors.centerIn: list
            width: parent.width - Theme.px(40)
            visible: root.isAddress || list.count === 0
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: root.isAddress ? qsTr("An address. Enter goes there.")
                : qsTr("Nothing is called “%1”.").arg(field.text)
            color: Theme.secondary
        }
        AppText {
            id: foot
            anchors.bottom: parent.bottom
            x: Theme.px(10)
            width: parent.width - 2 * x
            elide: Text.ElideRight
            text: qsTr("↑ ↓ choose · Enter goes there · Esc closes")
            color: Theme.secondary
            font.pixelSize: Theme.tiny
        }
    }
}
