#pragma once

#include <cstddef>
#include <limits>

namespace inceptoscope {

/// How much to measure. Every side is run once at least, whatever time that takes.
struct Effort
{
    size_t runs = 5; ///< of each side
    /// From the beginning: what wouldn't be over by then isn't repeated.
    double seconds = std::numeric_limits<double>::infinity();
};

} // namespace inceptoscope
