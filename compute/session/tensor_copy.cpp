#include "session/tensor_copy.h"

#include "kernels/stored_value.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// Calls `copy` with the place of each value in device memory, in the order of [C,H,W]; the
/// plane of firstChannel / 4 comes first there.
template <class Copy>
void forEachValue(
    const TensorLayout& layout, uint32_t firstChannel, uint32_t channels, const Copy& copy)
{
    const Shape& s = layout.shape;
    for (uint32_t c = firstChannel; c < firstChannel + channels; ++c) {
        for (uint32_t y = 0; y < s.h; ++y) {
            const uint64_t row = uint64_t(c / 4 - firstChannel / 4) * layout.planeStride +
                                 layout.origin() + uint64_t(y) * layout.rowStride;
            for (uint32_t x = 0; x < s.w; ++x)
                copy((row + x) * 4 + c % 4);
        }
    }
}

} // namespace

void packTensor(const TensorLayout& layout, std::span<const float> chw, std::span<std::byte> out)
{
    std::fill(out.begin(), out.begin() + std::ptrdiff_t(layout.bytes()), std::byte(0));
    const float* from = chw.data();
    const auto pack = [&](auto to) {
        using Value = typename decltype(to)::value_type;
        forEachValue(
            layout, 0, layout.shape.c, [&](uint64_t at) { to[at] = stored<Value>(*from++); });
    };
    if (layout.precision == Precision::Fp16)
        pack(valuesIn<uint16_t>(out));
    else
        pack(valuesIn<float>(out));
}

void unpackTensor(
    const TensorLayout& layout, uint32_t firstChannel, uint32_t channels,
    std::span<std::byte> texels, std::span<float> chw)
{
    float* to = chw.data();
    if (layout.precision == Precision::Fp16) {
        const auto from = valuesIn<uint16_t>(texels);
        forEachValue(
            layout, firstChannel, channels, [&](uint64_t at) { *to++ = halfToFloat(from[at]); });
    } else {
        const auto from = valuesIn<float>(texels);
        forEachValue(layout, firstChannel, channels, [&](uint64_t at) { *to++ = from[at]; });
    }
}

} // namespace inceptoscope
