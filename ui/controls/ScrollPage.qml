import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

// A page that scrolls where it doesn't fit; what gets the keyboard comes into sight.
Flickable {
    id: page

    readonly property bool scrolls: contentHeight > height + 1
    readonly property Item focused: Window.activeFocusItem

    clip: scrolls
    boundsBehavior: Flickable.StopAtBounds
    // In the margin beside the page, which is as wide whether it scrolls or not.
    ScrollBar.vertical: ScrollBar {
        parent: page.parent
        x: page.x + page.width + (Theme.margin - width) / 2
        y: page.y
        height: page.height
        policy: page.scrolls ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    onFocusedChanged: {
        let item = focused
        while (item && item !== contentItem)
            item = item.parent
        if (!item || !scrolls)
            return
        const top = focused.mapToItem(contentItem, 0, 0).y
        const below = top + Math.min(focused.height, height)
        contentY = Math.max(0, Math.min(contentHeight - height, top, Math.max(contentY, below - height)))
    }
}
