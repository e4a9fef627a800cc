import QtQuick
import QtQuick.Layouts
import Inceptoscope
import Inceptoscope.Models

// Sliders, switches and choices, each with its name and value.
Flow {
    id: root

    readonly property var lab: App.laboratory
    readonly property real cell: Math.min(width, Math.max(Theme.px(250), (width - 2 * spacing) / 3))

    visible: lab.settings.length > 0
    spacing: Theme.px(16)

    Repeater {
        model: root.lab.settings
        Column {
            id: setting
            required property var modelData
            readonly property bool choice: modelData.choices.length > 0
            // Read anew whenever the model says that it changed.
            readonly property real value: (root.lab.revision, root.lab.value(modelData.name))
            readonly property string valueText: (root.lab.revision, root.lab.valueText(modelData.name))
            width: root.cell
            spacing: Theme.px(2)
            AppText {
                width: parent.width
                visible: !setting.modelData.isSwitch
                text: setting.modelData.title + (setting.choice ? "" : ": " + setting.valueText)
                wrapMode: Text.Wrap
                font.weight: Font.Medium
            }
            AppSlider {
                visible: !setting.choice
                width: parent.width
                name: setting.modelData.title + ": " + setting.valueText
                objectName: setting.modelData.name
                from: setting.modelData.least
                to: setting.modelData.most
                stepSize: setting.modelData.step
                snapMode: AppSlider.SnapAlways
                value: setting.value
                onMoved: root.lab.setValue(setting.modelData.name, value)
            }
            AppSwitch {
                visible: setting.modelData.isSwitch
                width: Math.min(parent.width, implicitWidth)
                text: setting.modelData.title
                checked: setting.value > 0.5
                onToggled: root.lab.setValue(setting.modelData.name, checked ? 1 : 0)
            }
            Picker {
                visible: setting.choice && !setting.modelData.isSwitch
                width: Math.min(parent.width, Theme.px(230))
                name: setting.modelData.title
                model: setting.modelData.choices
                closed: (root.lab.revision, root.lab.closed(setting.modelData.name))
                currentIndex: setting.value
                onActivated: index => {
                    if (!closed[index])
                        root.lab.setValue(setting.modelData.name, index)
                    currentIndex = Qt.binding(() => setting.value)
                }
            }
        }
    }
    AppButton {
        visible: !root.lab.standard
        text: qsTr("Reset")
        tip: qsTr("All settings as they were at first")
        onClicked: root.lab.reset()
    }
}
