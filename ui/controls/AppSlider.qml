import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope

Slider {
    id: slider
    property string name
    focusPolicy: Qt.TabFocus
    implicitHeight: Theme.px(24)
    implicitWidth: Theme.px(160)
    Accessible.role: Accessible.Slider
    Accessible.name: name
    background: Rectangle {
        x: slider.leftPadding
        y: (slider.height - height) / 2
        width: slider.availableWidth
        height: Theme.px(4)
        radius: height / 2
        color: Theme.line
        Rectangle {
            width: slider.visualPosition * parent.width
            height: parent.height
            radius: parent.radius
            color: Theme.accent
        }
    }
    handle: Rectangle {
        x: slider.leftPadding + slider.visualPosition * (slider.availableWidth - width)
        y: (slider.height - height) / 2
        width: Theme.px(16)
        height: width
        radius: width / 2
        color: Theme.text
        FocusRing { shown: slider.visualFocus; radius: width / 2 }
    }
}
