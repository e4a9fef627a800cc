#include "session/tensor_copy.h"

#include <algorithm>
#include <cstring>

namespace inceptoscope {

void packTensor(const TensorLayout& layout, std::span<const float> chw, std::span<std::byte> out)
{
    std::fill(out.begin(), out.begin() + std::ptrdiff_t(layout.bytes()), std::byte(0));
    auto* to = reinterpret_cast<float*>(out.data());
    const Shape& s = layout.shape;
    const float* from = chw.data();
    for (uint32_t c = 0; c < s.c; ++c) {
        for (uint32_t y = 0; y < s.h; ++y) {
            const uint64_t row = uint64_t(c / 4) * layout.planeStride + layout.origin() +
                                 uint64_t(y) * layout.rowStride;
            for (uint32_t x = 0; x < s.w; ++x)
                to[(row + x) * 4 + c % 4] = *from++;
        }
    }
}

void unpackTensor(
    const TensorLayout& layout, uint32_t firstChannel, uint32_t channels,
    std::span<const std::byte> texels, std::span<float> chw)
{
    const auto* from = reinterpret_cast<const float*>(texels.data());
    const Shape& s = layout.shape;
    float* to = chw.data();
    for (uint32_t c = firstChannel; c < firstChannel + channels; ++c) {
        for (uint32_t y = 0; y < s.h; ++y) {
            const uint64_t row = uint64_t(c / 4 - firstChannel / 4) * layout.planeStride +
                                 layout.origin() + uint64_t(y) * layout.rowStride;
            for (uint32_t x = 0; x < s.w; ++x)
                *to++ = from[(row + x) * 4 + c % 4];
        }
    }
}

} // namespace inceptoscope
