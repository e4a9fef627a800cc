import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

ToolTip {
    id: tip
    delay: 500
    padding: Theme.px(7)
    font.family: Theme.family
    font.pixelSize: Theme.small
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
