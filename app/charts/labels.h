#pragma once

#include <QRectF>

#include <vector>

namespace inceptoscope {

/// A dot or bubble that wants a label beside it.
struct Labelled
{
    QPointF at;
    double radius = 0;
    QSizeF label; ///< empty: none, but others keep clear of the bubble
};

/// A box for each label, inside `room` and over neither another label nor a bubble, as near to
/// its own as can be; null where there is no such place. Earlier ones choose first.
[[nodiscard]] std::vector<QRectF> placeLabels(
    const std::vector<Labelled>& items, const QRectF& room, double gap,
    const std::vector<QRectF>& taken = {});

} // namespace inceptoscope
