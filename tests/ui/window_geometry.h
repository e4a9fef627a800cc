#pragma once

#include <QQuickItem>
#include <QStringList>

namespace inceptoscope {

/// What a person couldn't read or reach in these items, which a window of `size` shows; one line
/// each. Texts that leave the window or lie over each other, controls that leave it or are covered
/// by others: unless a list or page that scrolls has them, which must be inside itself. Notices
/// (`overlay: true`) lie over the rest on purpose.
[[nodiscard]] QStringList geometryFaults(const QList<QQuickItem*>& items, const QSizeF& size);

} // namespace inceptoscope
