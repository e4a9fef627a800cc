pragma Singleton

import QtQuick
import Inceptoscope.Models

// Colours, sizes and type of the whole window. Neutral chrome: colour belongs to the data.
QtObject {
    // Set by the window: larger windows get larger type, so that a 4K wall stays readable.
    property real windowScale: 1
    // Set by the window too: beyond this, its bars would not fit into it.
    property real largestUnit: 10
    // And this: views that come and go know from the start what they have room for.
    property real windowWidth: 1280
    readonly property real unit: Math.min(largestUnit, windowScale * App.settings.textScale)
    // The window has no room for all that the setting asks for.
    readonly property bool textFillsWindow: windowScale * App.settings.textScale > largestUnit
    readonly property bool dark: App.settings.dark

    // Somebody uses the keys of the window: tips make way.
    signal typed

    // Steps from the size that is on screen: what the window had no room for doesn't count.
    function stepText(steps) {
        if (steps > 0 && textFillsWindow)
            return
        if (textFillsWindow)
            App.settings.textScale = Math.ceil(10 * largestUnit / windowScale - 0.001) / 10
        App.settings.stepTextScale(steps)
    }
    function px(size) {
        return Math.max(1, Math.round(size * unit))
    }

    readonly property string family: "Inter"
    readonly property int tiny: px(11)
    readonly property int small: px(12)
    readonly property int body: px(13)
    readonly property int large: px(16)
    readonly property int title: px(22)

    readonly property int space: px(8)
    readonly property int margin: px(12)
    readonly property int radius: px(6)
    readonly property int hairline: Math.max(1, Math.round(unit * 0.8))

    readonly property color background: dark ? "#0f1216" : "#eef0f3"
    readonly property color panel: dark ? "#171b21" : "#ffffff"
    readonly property color raised: dark ? "#222831" : "#f3f5f8"
    readonly property color hover: dark ? "#2c343f" : "#e4e8ee"
    readonly property color line: dark ? "#2e3640" : "#d3d9e0"
    readonly property color strongLine: dark ? "#76828f" : "#76818d"
    readonly property color text: dark ? "#eef2f6" : "#14181d"
    readonly property color secondary: dark ? "#aab5c1" : "#4a5561"
    readonly property color emptyTile: dark ? "#222932" : "#e3e7ec"
    // The two ends of viridis.
    readonly property color accent: dark ? "#f4dc4f" : "#46308f"
    readonly property color accentInk: dark ? "#17150a" : "#ffffff"
    // What is chosen is filled with this; the ring around what has the keyboard has a hue of its own.
    readonly property color selection: dark ? "#403d25" : "#dad6e9"
    readonly property color focus: dark ? "#6cb8ff" : "#0b62d6"
    readonly property color bar: dark ? "#7d8b9a" : "#8a97a5"
    readonly property color noticeBack: dark ? "#3a3214" : "#fdf3cf"
    readonly property color noticeLine: dark ? "#8a7526" : "#d9bd56"
    readonly property color errorBack: dark ? "#43211d" : "#fde5e0"
    readonly property color errorLine: dark ? "#b4594b" : "#d98877"
    readonly property color shade: dark ? "#c0080a0d" : "#b0eef0f3"

    // The same as in charts.
    readonly property var branchColors: App.palette(dark)

    function branch(index) {
        return branchColors[index % branchColors.length]
    }
    function tint(color, alpha) {
        return Qt.rgba(color.r, color.g, color.b, alpha)
    }
    function branchTint(index, alpha) {
        return tint(Qt.color(branch(index)), alpha)
    }
}
