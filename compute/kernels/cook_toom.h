#pragma once

#include <cstdint>
#include <vector>

namespace inceptoscope {

/// Matrices of Winograd's minimal filtering F(m, k) along one axis, by interpolation at the points
/// 0, 1, -1, 2, -2, 1/2, -1/2, 3/2, -3/2 (as many as needed) and infinity: m outputs of a kernel of
/// k values from n = m + k - 1 inputs with n products, y = A^T (G g * B^T d) (Lavin & Gray 2015,
/// arXiv:1509.09308). All row by row. m = k = 1 is the identity.
struct CookToom
{
    uint32_t m = 1;
    uint32_t k = 1;
    std::vector<double> inputs;  ///< B^T, n x n
    std::vector<double> kernels; ///< G, n x k
    std::vector<double> outputs; ///< A^T, m x n

    /// m + k - 2 is at most 9.
    CookToom(uint32_t m, uint32_t k);
    [[nodiscard]] uint32_t n() const { return m + k - 1; }
};

} // namespace inceptoscope
