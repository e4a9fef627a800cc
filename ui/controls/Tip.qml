import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

ToolTip {
    id: tip
    delay: 500
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
