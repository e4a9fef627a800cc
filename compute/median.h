#pragma once

#include <algorithm>
#include <vector>

namespace inceptoscope {

/// The lower of the two in the middle of an even number; negative where there are none.
[[nodiscard]] inline double medianOf(std::vector<double> values)
{
    if (values.empty())
        return -1.0;
    const auto middle = values.begin() + std::ptrdiff_t((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Of values by index in each run (an op's milliseconds by NodeId); negative ones count nothing.
[[nodiscard]] inline double medianOf(const std::vector<std::vector<double>>& runs, size_t index)
{
    std::vector<double> values;
    for (const std::vector<double>& run : runs)
        if (index < run.size() && run[index] >= 0)
            values.push_back(run[index]);
    return medianOf(std::move(values));
}

} // namespace inceptoscope
