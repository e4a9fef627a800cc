#pragma once

#include "charts/drawing.h"

#include <QVariant>

namespace inceptoscope {

/// What changed from one network to another, as a figure: the totals, then stage by stage.
struct DifferenceFigure
{
    QString before; ///< their titles
    QString after;
    QVariantList totals; ///< see VersionsModel::totals()
    QVariantList stages; ///< see versionDifference()

    [[nodiscard]] QString title() const;
    [[nodiscard]] Drawing drawing(const ChartTheme& theme) const;
};

} // namespace inceptoscope
