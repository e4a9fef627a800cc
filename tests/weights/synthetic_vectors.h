#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace inceptoscope {

/// A tensor of the synthetic rule, computed elsewhere (../shared/oracle/facts/hash_vectors.json).
struct TensorVector
{
    std::string salt;
    std::string key;
    std::vector<uint64_t> shape;
    std::array<uint32_t, 8> firstBits;
    float last;
    double sum;
};
[[nodiscard]] std::vector<TensorVector> tensorVectors();

/// A picture of the rule, likewise.
struct PictureVector
{
    std::string salt;
    uint32_t height;
    uint32_t width;
    std::array<int, 8> first; ///< of the red plane
    std::array<int, 3> centre;
    int last;
    uint64_t sum;
};
[[nodiscard]] std::vector<PictureVector> pictureVectors();

} // namespace inceptoscope
