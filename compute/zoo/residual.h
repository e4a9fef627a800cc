#pragma once

#include "zoo/parts.h"

#include <vector>

namespace inceptoscope {

/// One convolution of a branch.
struct Step
{
    uint32_t channels;
    Extent kernel = {1, 1};
};
using Steps = std::vector<Step>;

/// A design of residual block, repeated with the same widths: Szegedy et al. 2016, figures 10, 11,
/// 13 (v1) and 16, 17, 19 (v2).
struct ResidualDesign
{
    std::string_view group; ///< "Inception-ResNet-A"
    std::string_view drawn;
    std::string_view article;
    std::vector<Steps> branches;
    float scale = 1.0F; ///< of the residual, before the sum; section 3.3
    /// Some checkpoints number a branch's only convolution, "branch0.0", others don't.
    bool numbersSingle = false;
};

/// x + scale * (1x1 linear convolution of the joined branches), then ReLU (`last`: without, and
/// unscaled, the extra block of the released code). Private to zoo/.
[[nodiscard]] Tensor residualBlock(
    const Tensor& x, const std::string& name, const std::string& title,
    const ResidualDesign& design, bool last = false);

/// PREFIX.0 to PREFIX.(n-1).
[[nodiscard]] Tensor
residualBlocks(Tensor x, const std::string& prefix, uint32_t n, const ResidualDesign& design);

/// Grid reductions: figure 7 with k, l, m, n, and figures 12 and 18.
struct ReductionWidths
{
    uint32_t k, l, m, n;
};
[[nodiscard]] Tensor
residualReductionA(const Tensor& x, const ReductionWidths& w, bool numbersSingle = false);
struct ReductionBWidths
{
    uint32_t b0, b1, b2Middle, b2;
    std::string_view drawn;
    std::string_view article;
};
[[nodiscard]] Tensor residualReductionB(const Tensor& x, const ReductionBWidths& w);

/// 3x299x299 to 192x71x71: the first six layers of figure 14, which Inception v3 has too.
[[nodiscard]] Tensor residualStem(Tensor x);

} // namespace inceptoscope
