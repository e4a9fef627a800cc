import QtQuick
import Inceptoscope
import Inceptoscope.Models

// The mark of a kind of op, as in the charts.
MarkItem {
    required property int kind
    width: Theme.px(11)
    height: width
    shape: kind
    color: Theme.branch(kind)
}
