import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

// What needs at least so much width, such as a table's columns: it scrolls sideways in a narrower
// place. Its child is as wide as contentWidth, and as high as `inside`.
Flickable {
    id: strip

    property real least: 0
    property real inside: 0
    readonly property bool scrolls: least > width + 1

    function settle() { contentX = Math.max(0, Math.min(contentX, contentWidth - width)) }

    contentWidth: Math.max(width, least)
    contentHeight: height
    height: inside + (scrolls ? Theme.px(12) : 0)
    clip: scrolls
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.HorizontalFlick
    ScrollBar.horizontal: ScrollBar { policy: strip.scrolls ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff }
    onContentWidthChanged: settle()
    onWidthChanged: settle()
}
