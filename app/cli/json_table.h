#pragma once

#include "cli/output.h"

namespace inceptoscope {

/// Rows of the same keys, which become the header. What is null stays empty.
[[nodiscard]] std::string toCsv(const Json& rows);
/// The same for people, in aligned columns: "weight_bytes" becomes "WEIGHT BYTES".
[[nodiscard]] std::string toTable(const Json& rows);

} // namespace inceptoscope
