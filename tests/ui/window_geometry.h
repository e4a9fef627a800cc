#pragma once

#include <QQuickItem>
#include <QStringList>

namespace inceptoscope {

/// What a person couldn't read or reach in these items, which a window of `size` shows; one line
/// each. Texts that leave the window, are cut off or lie over each other, controls that leave it,
/// are cut off or are covered by others: unless a list or page scrolls to them, in the direction in
/// which they are outside. Notices (`overlay: true`) lie over the rest on purpose.
[[nodiscard]] QStringList geometryFaults(const QList<QQuickItem*>& items, const QSizeF& size);

} // namespace inceptoscope
