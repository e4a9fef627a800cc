#pragma once

#include "charts/export.h"
#include "engine/run_snapshot.h"

#include <QVariant>

#include <array>

namespace inceptoscope {

/// Two modules side by side as a figure: what they cost in a table, and both drawings as `render`
/// makes them. A value that any thread may hold.
struct PairFigure
{
    struct Side
    {
        QString title;
        std::shared_ptr<const Network> alone;        ///< null where it can't be built
        std::shared_ptr<const RunSnapshot> snapshot; ///< null before it is measured
        QString error;                               ///< why it can't be built or run
    };
    std::array<Side, 2> sides;
    QString input; ///< of both: "192 × 28×28: what GoogLeNet's inception_3a gets of cat"
    QVariantList differences; ///< {label, first, second, change}

    [[nodiscard]] QSize size() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QByteArray bytes(const QString& suffix, int scale) const;
};

} // namespace inceptoscope
