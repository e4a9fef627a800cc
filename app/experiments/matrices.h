#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Linear algebra, by Eigen. Private to experiments/. Matrices are row by row.
namespace inceptoscope {

/// Of square kernels, one after the other, each side * side values.
struct Separability
{
    double valueShare = 0;  ///< mean of first singular value / sum of them
    double energyShare = 0; ///< mean of its square / sum of squares: what one rank holds
};
[[nodiscard]] Separability separability(std::span<const float> kernels, size_t side);

/// A matrix's column space (rows x rows, an orthonormal basis by descending singular value): the
/// best approximation of rank k keeps what lies along the first k (Eckart & Young 1936).
class ColumnSpace
{
public:
    ColumnSpace(std::span<const float> matrix, size_t rows, size_t columns);
    /// Of each of the vectors (rows x samples), what lies along the first k.
    [[nodiscard]] std::vector<float> keep(std::span<const float> vectors, size_t k) const;

private:
    size_t m_rows;
    std::vector<double> m_basis; ///< row by row
};

/// The largest difference of two of the same size, as a share of the first's largest value; 0 where
/// that is all zero.
[[nodiscard]] double largestDifference(std::span<const float> a, std::span<const float> b);

/// How much of `target` (channels x samples) a linear map (with a constant) of `from` (channels x
/// samples) rebuilds at best: |target - map| / |target - its mean|, by least squares with a ridge
/// of 1e-4 of the mean variance.
[[nodiscard]] double reconstructionError(
    std::span<const float> from, size_t fromChannels, std::span<const float> target,
    size_t targetChannels, size_t samples);

} // namespace inceptoscope
