import QtQuick
import Inceptoscope
import Inceptoscope.Models

// What the sides cost, counted and measured.
TextTable {
    readonly property var lab: App.laboratory
    visible: lab.sideTitles.length > 0
    name: qsTr("What the sides cost")
    columns: ["", ...lab.sideTitles]
    rows: lab.sideRows.map(row => [row.label, ...row.texts])
}
