import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

// A text that goes somewhere: underlined under the pointer, and with the keyboard as well.
AbstractButton {
    id: link

    property string tip
    property color color: Theme.text
    property bool underlined: hovered
    property bool fits: false // smaller letters rather than fewer

    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    padding: 0
    font.family: Theme.family
    font.pixelSize: Theme.body
    Accessible.role: Accessible.Link
    Accessible.name: text
    Accessible.description: tip
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: AppText {
        text: link.text
        color: link.color
        font.family: link.font.family
        font.pixelSize: link.font.pixelSize
        font.weight: link.font.weight
        font.underline: link.enabled && link.underlined
        elide: Text.ElideRight
        fontSizeMode: link.fits ? Text.HorizontalFit : Text.FixedSize
        minimumPixelSize: Theme.px(9)
    }
    FocusRing {
        shown: link.visualFocus
        anchors.margins: -Theme.px(2)
    }
    HoverHandler { cursorShape: link.enabled ? Qt.PointingHandCursor : Qt.ArrowCursor }
    HoverTip {
        text: link.tip
        when: link.hovered && link.enabled
    }
}
