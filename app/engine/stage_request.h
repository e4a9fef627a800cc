#pragma once

#include "graph/graph.h"

#include <QHash>

namespace inceptoscope {

/// What is on stage: which module's pictures to make and in how many columns each.
struct StageRequest
{
    ModuleId module = 0;
    QHash<quint32, int> columns; ///< by NodeId; an op without an entry gets about a square
    bool operator==(const StageRequest&) const = default;
};

} // namespace inceptoscope
