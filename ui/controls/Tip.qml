import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

ToolTip {
    id: tip
    delay: 500
    // In the upper half of the window below what it is about, so that no tip of a toolbar lies over
    // the toolbar; in the lower half above it.
    property bool below: false
    property real gap: Theme.px(4)
    onAboutToShow: below = parent && parent.mapToItem(null, 0, 0).y < parent.Window.height / 2
    // Who pressed or types has read it, and would rather see what it lies over: who pressed before it
    // came up doesn't need it until the next time the pointer comes by.
    property bool muted: false
    property bool pressed: false
    opacity: muted || pressed ? 0 : 1
    onVisibleChanged: if (visible) muted = false
    Connections {
        target: tip.parent
        ignoreUnknownSignals: true
        function onPressed() { tip.pressed = true }
        function onHoveredChanged() {
            if (!tip.parent.hovered)
                tip.muted = tip.pressed = false
        }
    }
    Connections {
        target: Theme
        function onTyped() { tip.muted = true }
    }
    y: below ? parent.height + gap : -implicitHeight - gap
    padding: Theme.px(7)
    // Of itself it would be as wide as all lines together.
    contentWidth: Math.ceil(Math.min(Theme.px(560), Math.max(...text.split("\n").map(line => metrics.advanceWidth(line))) + 1))
    font.family: Theme.family
    font.pixelSize: Theme.small
    FontMetrics {
        id: metrics
        font: tip.font
    }
    contentItem: AppText {
        text: tip.text
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
    background: Rectangle {
        color: Theme.raised
        border.color: Theme.strongLine
        border.width: Theme.hairline
        radius: Theme.px(4)
    }
}
