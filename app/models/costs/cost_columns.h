#pragma once

#include "models/costs/costed_network.h"

#include <QVariant>

namespace inceptoscope {

/// One column of the table of costs.
struct CostColumn
{
    QString title;
    QString key; ///< in CSV and JSON: "read_bytes"
    QString tip;
    bool wide = false; ///< left out where room is scarce
    QString (*text)(const CostedNetwork&, size_t part);
    /// A number, a name, or nothing where it is unknown: what is sorted by, and written to files.
    QVariant (*value)(const CostedNetwork&, size_t part);
};

[[nodiscard]] const std::vector<CostColumn>& costColumns();

} // namespace inceptoscope
