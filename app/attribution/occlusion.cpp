#include "attribution/evidence_run.h"
#include "error.h"

#include <algorithm>
#include <limits>

namespace inceptoscope {

namespace {

uint32_t positionsAlong(uint32_t side, uint32_t window, uint32_t stride)
{
    return window >= side ? 1 : (side - window + stride - 1) / stride + 1;
}

OcclusionGrid gridOf(const Shape& input, const EvidenceRequest& request)
{
    const uint32_t window = request.window.value_or(usualWindow(input));
    const uint32_t stride = request.stride.value_or(std::max(1U, window / 2));
    if (window < 1 || window > std::min(input.w, input.h))
        throw Error(
            ErrorKind::Usage, "--window: " + std::to_string(window) + " pixels, 1 to " +
                                  std::to_string(std::min(input.w, input.h)) + " were expected");
    if (stride < 1 || stride > window)
        throw Error(
            ErrorKind::Usage, "--stride: " + std::to_string(stride) + " pixels, 1 to " +
                                  std::to_string(window) +
                                  " were expected: squares must not leave gaps");
    return {
        window, stride, positionsAlong(input.w, window, stride),
        positionsAlong(input.h, window, stride)};
}

/// Every eighth position, then those between, and so on: the whole picture is rough soon.
std::vector<size_t> coarseFirst(const OcclusionGrid& grid)
{
    std::vector<size_t> order;
    std::vector<bool> listed(grid.positions(), false);
    for (uint32_t step = 8; step > 0; step /= 2)
        for (uint32_t row = 0; row < grid.rows; row += step)
            for (uint32_t column = 0; column < grid.columns; column += step) {
                const size_t at = size_t(row) * grid.columns + column;
                if (!listed[at])
                    order.push_back(at);
                listed[at] = true;
            }
    return order;
}

/// The mean colour of the network's preprocessing is the value 0.
std::vector<float>
covered(std::vector<float> values, const Shape& input, const OcclusionGrid& grid, size_t position)
{
    const auto left = uint32_t(position % grid.columns) * grid.stride;
    const auto top = uint32_t(position / grid.columns) * grid.stride;
    const uint32_t right = std::min(left + grid.window, input.w);
    for (uint32_t c = 0; c < input.c; ++c)
        for (uint32_t y = top; y < std::min(top + grid.window, input.h); ++y) {
            const auto row = values.begin() + std::ptrdiff_t((size_t(c) * input.h + y) * input.w);
            std::fill(row + left, row + right, 0.0F);
        }
    return values;
}

} // namespace

uint32_t usualWindow(const Shape& input)
{
    return std::max(1U, std::min(input.w, input.h) / 7);
}

void askOcclusion(
    EvidenceRun& run, const EvidenceRequest& request, const EvidenceWatch& watch,
    const PlaneMap& known, Evidence& evidence)
{
    const OcclusionGrid grid = gridOf(evidence.input, request);
    evidence.occlusion = grid;
    evidence.map = {
        grid.columns, grid.rows,
        std::vector<float>(grid.positions(), std::numeric_limits<float>::quiet_NaN())};
    if (known.w == grid.columns && known.h == grid.rows)
        evidence.map = known;
    const std::vector<float> values = run.read(run.graph().input());
    const std::vector<size_t> order = coarseFirst(grid);
    for (size_t i = 0; i < order.size(); ++i) {
        float& drop = evidence.map.values[order[i]];
        if (!std::isnan(drop))
            continue;
        run.setShare(double(i) / double(order.size()), double(i + 1) / double(order.size()));
        run.setInput(covered(values, evidence.input, grid, order[i]));
        drop = float(evidence.score - double(run.forward().at(evidence.classIndex)));
        if (watch)
            watch(evidence);
    }
}

} // namespace inceptoscope
