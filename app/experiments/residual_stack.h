#pragma once

#include "experiments/bench.h"

#include <optional>
#include <vector>

/// Private to experiments/.
namespace inceptoscope {

/// Block B of Inception-ResNet v2 alone, on 8x8, its widths in proportion to 1152 channels.
[[nodiscard]] Network residualBlock(uint32_t filters, double scale);

/// What comes out of each block of a stack. Ends early where a float32 can't hold it any more.
struct ResidualStack
{
    std::vector<double> depth;
    std::vector<double> variance; ///< of the input's
    std::vector<double> dead;     ///< share of channels that are zero everywhere
};

/// Stacks of such blocks, untrained, that differ in their scale alone. What a device found once is
/// remembered: it gives the same each time, and a slider that only moves the scale, or makes the
/// stack shorter, needs nothing else anew.
class ResidualStacks
{
public:
    ResidualStacks(uint32_t filters, uint32_t blocks, ExperimentBench& bench);
    ~ResidualStacks();

    [[nodiscard]] ResidualStack of(double scale);

private:
    class Blocks;
    uint32_t m_filters;
    uint32_t m_blocks;
    ExperimentBench& m_bench;
    std::unique_ptr<Blocks> m_made; ///< once something isn't remembered
};

} // namespace inceptoscope
