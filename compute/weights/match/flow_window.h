#pragma once

#include "graph/graph.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// Where a convolution or a pool reads.
struct FlowWindow
{
    enum class Pads : uint32_t
    {
        Given,     ///< `padding`
        SameUpper, ///< ceil(size / stride) results; an odd rest of the padding goes behind
        SameLower, ///< before
        Unknown    ///< computed while the network runs
    };
    bool average = false;
    bool whole = false;                  ///< the whole plane, of any size
    std::optional<Extent> adaptive = {}; ///< so many windows share the plane
    Extent kernel = {1, 1};
    Extent stride = {1, 1};
    Extent dilation = {1, 1};
    Pads pads = Pads::Given;
    Padding padding = {};
    bool ceilMode = false;
    bool countIncludePad = false;
    uint32_t groups = 1;
};

[[nodiscard]] FlowWindow windowOf(const Conv2d& op);
[[nodiscard]] FlowWindow windowOf(const Pool2d& op);
[[nodiscard]] FlowWindow windowOf(const AdaptiveAvgPool2d& op);

/// Whether both read the same of a plane of that size, however they say it: a pool's end may be
/// rounded up or padded, a window over everything needs no size.
[[nodiscard]] bool convolvesAlike(const FlowWindow& a, const FlowWindow& b, const Shape& in);
[[nodiscard]] bool poolsAlike(const FlowWindow& a, const FlowWindow& b, const Shape& in);

/// "3x3, stride 2x2, padding 0 0 1 1" (top, left, bottom, right), with what else is unusual.
[[nodiscard]] std::string describe(const FlowWindow& window);

} // namespace inceptoscope
