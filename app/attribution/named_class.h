#pragma once

#include "engine/run_snapshot.h"

#include <cstdint>
#include <string>

namespace inceptoscope {

/// The class that a person means: its number, its name, or one of the names that its label lists
/// ("tabby" of "tabby, tabby cat"), in any case. Throws Error(Usage) that begins with `option` for
/// a number beyond the last class and for a name that none or several have.
[[nodiscard]] uint32_t classNamed(
    const std::string& text, const ClassLabels& labels, uint32_t classes,
    const std::string& option);

} // namespace inceptoscope
