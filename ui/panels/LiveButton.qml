import QtQuick
import QtQuick.Controls.Basic
import Inceptoscope
import Inceptoscope.Models

// Live pictures: choose a camera, a video or a pan over the picture; while they run, pause and stop.
Row {
    id: root

    signal openVideo

    function toggle() {
        if (App.live.active)
            App.live.stop()
        else if (menu.visible)
            menu.close()
        else
            menu.open()
    }

    spacing: Theme.px(4)

    AppButton {
        id: button
        glyph: "live"
        text: App.live.active ? "" : qsTr("Live…")
        implicitHeight: Theme.px(28)
        checked: App.live.active
        tip: menu.visible ? ""
            : App.live.active ? qsTr("Stop live pictures (V)")
            : qsTr("Live pictures: a camera, a video, or a pan over the picture (V)")
        Accessible.name: App.live.active ? qsTr("Stop live pictures") : qsTr("Live pictures")
        onClicked: root.toggle()

        Popup {
            id: menu

            x: button.width - width
            y: button.height + Theme.px(6)
            width: Theme.px(320)
            padding: Theme.px(8)
            focus: true
            // Keys and clicks are its alone while it is open.
            modal: true
            dim: false
            closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
            onOpened: {
                pan.forceActiveFocus(Qt.TabFocusReason)
                finder.start()
            }
            background: Rectangle {
                color: Theme.panel
                radius: Theme.radius
                border.color: Theme.strongLine
                border.width: Theme.hairline
            }

            component Choice: AppButton {
                width: menu.availableWidth
                flatLook: true
                activeFocusOnTab: true
                contentItem: Row {
                    spacing: Theme.px(8)
                    leftPadding: Theme.px(6)
                    AppText {
                        anchors.verticalCenter: parent.verticalCenter
                        width: menu.availableWidth - Theme.px(12)
                        text: parent.parent.text
                        elide: Text.ElideRight
                        font.weight: Font.Medium
                    }
                }
                Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.TabFocusReason)
            }

            contentItem: Column {
                spacing: Theme.px(2)
                Repeater {
                    model: App.live.cameras
                    Choice {
                        required property string modelData
                        text: qsTr("Camera: %1").arg(modelData)
                        onClicked: {
                            menu.close()
                            App.live.startCamera(modelData)
                        }
                    }
                }
                AppText {
                    visible: App.live.cameras.length === 0
                    leftPadding: Theme.px(14)
                    height: Theme.px(30)
                    verticalAlignment: Text.AlignVCenter
                    text: finder.running ? qsTr("Looking for cameras…") : qsTr("No camera was found")
                    color: Theme.secondary
                }
                Choice {
                    text: qsTr("Video file…")
                    onClicked: {
                        menu.close()
                        root.openVideo()
                    }
                }
                Choice {
                    id: pan
                    text: qsTr("Pan over %1").arg(App.live.stillTitle || qsTr("the picture"))
                    enabled: App.live.stillTitle !== ""
                    onClicked: {
                        menu.close()
                        App.live.startPan()
                    }
                }
            }
            // The menu is on screen first: the search takes a moment the first time.
            Timer {
                id: finder
                interval: 60
                onTriggered: App.live.findCameras()
            }
        }
    }
    AppButton {
        visible: App.live.active && !App.live.starting
        implicitHeight: Theme.px(28)
        glyph: App.live.paused ? "play" : "pause"
        tip: App.live.paused ? qsTr("Go on (P)") : qsTr("Pause on this frame, and measure it (P)")
        Accessible.name: App.live.paused ? qsTr("Go on with live pictures") : qsTr("Pause live pictures")
        onClicked: App.live.togglePause()
    }
}
