#pragma once

#include "zoo/parts.h"

#include <array>

namespace inceptoscope {

/// What the stem's modules are called; the two networks that have it differ.
struct StemV4
{
    struct Name
    {
        std::string_view name;
        std::string_view path;
    };
    std::array<Name, 3> convolutions;
    std::array<Name, 3> modules;
    std::string_view conv3a; ///< the convolution beside the pool in the first module
    std::string_view conv5a; ///< and in the last
};

/// Szegedy et al. 2016, figure 3: 3x299x299 to 384x35x35. Private to zoo/.
[[nodiscard]] Tensor stemV4(Tensor x, const StemV4& names);

} // namespace inceptoscope
