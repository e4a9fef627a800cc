#pragma once

#include "engine/run_snapshot.h"
#include "models/search/search_entry.h"

#include <memory>

namespace inceptoscope {

/// Everything there is to find but commands: views, all networks and their modules, and of the
/// network shown its ops and classes. Takes a moment the first time: for a thread of its own.
[[nodiscard]] SearchEntries searchIndex(
    const std::shared_ptr<const Network>& shown, const std::shared_ptr<const ClassLabels>& labels);

} // namespace inceptoscope
