#pragma once

#include "cli/output.h"
#include "zoo/network.h"

namespace inceptoscope {

/// "networks ID --json".
[[nodiscard]] Json toJson(const Network& network);

[[nodiscard]] Json toJson(const Shape& shape);

/// An op's geometry; nothing where it has none.
struct Window
{
    Extent kernel;
    Extent stride;
    Padding padding;
};
[[nodiscard]] std::optional<Window> windowOf(const Op& op);

} // namespace inceptoscope
