#include "kernels/cook_toom.h"

#include <array>
#include <cmath>
#include <span>

namespace inceptoscope {

namespace {

constexpr std::array<double, 9> points{0, 1, -1, 2, -2, 0.5, -0.5, 1.5, -1.5};

/// Coefficients, lowest power first, of the product of x - root over all points but one
/// (`without` = the number of points: over all).
std::vector<double> product(uint32_t count, uint32_t without)
{
    std::vector<double> coefficients{1};
    for (uint32_t p = 0; p < count; ++p) {
        if (p == without)
            continue;
        std::vector<double> next(coefficients.size() + 1, 0);
        for (size_t i = 0; i < coefficients.size(); ++i) {
            next[i + 1] += coefficients[i];
            next[i] -= coefficients[i] * points[p];
        }
        coefficients = std::move(next);
    }
    return coefficients;
}

} // namespace

CookToom::CookToom(uint32_t outputCount, uint32_t kernelSize)
    : m(outputCount)
    , k(kernelSize)
    , inputs(size_t(n()) * n(), 0)
    , kernels(size_t(n()) * k, 0)
    , outputs(size_t(m) * n(), 0)
{
    const uint32_t finite = n() - 1;
    for (uint32_t i = 0; i < n(); ++i) {
        const std::vector<double> row = product(finite, i);
        for (uint32_t j = 0; j < row.size(); ++j)
            inputs[i * n() + j] = row[j];
    }
    for (uint32_t i = 0; i < finite; ++i) {
        double factor = 1;
        for (uint32_t p = 0; p < finite; ++p)
            factor *= p == i ? 1 : points[i] - points[p];
        for (uint32_t j = 0; j < k; ++j)
            kernels[i * k + j] = std::pow(points[i], double(j)) / factor;
        for (uint32_t r = 0; r < m; ++r)
            outputs[r * n() + i] = std::pow(points[i], double(r));
    }
    kernels.back() = 1; // at infinity the highest powers are what is left
    outputs.back() = 1;
}

} // namespace inceptoscope
