#pragma once

#include "graph/op.h"
#include "graph/tensor_layout.h"
#include "shaders/shaders.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace inceptoscope {

/// Which memory a binding lies in; the session knows the buffers.
enum class Memory : uint32_t
{
    Arena,
    Weights,
    Picture,
    Scratch,
    Colours,
    Atlas,
    Sums ///< float32 sums of a convolution between its chunks
};

/// How a shader sees it.
enum class Access : uint32_t
{
    Texels,     ///< float32, four a texel
    HalfTexels, ///< halves, four a texel
    Pixels,
    Words, ///< texels of one uint
    Read,
    Write
};

struct Binding
{
    Memory memory = Memory::Arena;
    Access access = Access::Texels;
    uint64_t offset = 0; ///< bytes
    uint64_t bytes = 0;
};

/// Push constants: at most 128 bytes of a plain struct laid out as the shader declares it.
class PushBytes
{
public:
    PushBytes() = default;
    template <class T>
    explicit PushBytes(const T& value)
        : m_size(sizeof(T))
    {
        static_assert(sizeof(T) <= 128);
        std::memcpy(m_bytes.data(), &value, sizeof(T));
    }
    [[nodiscard]] const std::byte* data() const { return m_bytes.data(); }
    [[nodiscard]] uint32_t size() const { return m_size; }

private:
    std::array<std::byte, 128> m_bytes{};
    uint32_t m_size = 0;
};

/// One compute dispatch as data; specialisation constant 0 is always the workgroup's width.
struct Dispatch
{
    const Shader* shader = nullptr;
    Precision precision = Precision::Fp32; ///< of tensors in memory: it picks the shader's form
    std::vector<uint32_t> constants;
    std::vector<Binding> bindings;
    PushBytes push;
    std::array<uint32_t, 3> groups{1, 1, 1};
    uint32_t sharedBytes = 0; ///< of memory that a workgroup shares
    uint64_t macs = 0;        ///< multiply-accumulates of convolutions, those of padding included
};

/// A size that a texel buffer can have without making llvmpipe compile another variant of a
/// shader: it takes bits 8..15 for a mip level (see plan.cpp), so they must not be all zero.
[[nodiscard]] constexpr uint64_t bindableBytes(uint64_t bytes)
{
    const uint64_t rounded = (bytes + 255) / 256 * 256;
    return ((rounded >> 8) & 0xff) == 0 ? rounded + 256 : rounded;
}

[[nodiscard]] constexpr Access texelAccess(Precision precision)
{
    return precision == Precision::Fp16 ? Access::HalfTexels : Access::Texels;
}

/// A tensor in the arena.
struct Placed
{
    TensorLayout layout;
    uint64_t offset = 0; ///< bytes

    [[nodiscard]] Binding texels() const
    {
        return {Memory::Arena, texelAccess(layout.precision), offset, layout.bytes()};
    }
    [[nodiscard]] Binding read() const
    {
        return {Memory::Arena, Access::Read, offset, layout.bytes()};
    }
    [[nodiscard]] Binding written() const
    {
        return {Memory::Arena, Access::Write, offset, layout.bytes()};
    }
};

/// How a convolution is computed.
enum class ConvForm : uint32_t
{
    Direct,   ///< a sum over kernel positions and input channels in straight-line code
    Winograd, ///< Lavin & Gray 2015 (arXiv:1509.09308): 3x3, 1x7, 1x3 and so on, stride 1, float32
    Tiled,    ///< an implicit matrix product through shared memory, 64 pixels x 64 channels
    TiledSmall,  ///< the same, 32 x 32
    Vector,      ///< a matrix times a vector: a result of one pixel
    Loop,        ///< Direct with its sum as a loop
    WinogradLoop ///< Winograd with such products
};

/// The sums' code: straight on, in chunks of some steps each, or a loop over all of them.
enum class SumCode : uint32_t
{
    Straight,
    Loop
};

/// A layer's packed parameters in the weights buffer.
struct PlacedWeights
{
    ConvForm form = ConvForm::Direct; ///< that they are packed for
    uint64_t offset = 0;              ///< bytes
    uint64_t address = 0;             ///< device address of the first byte
};

/// Where pixel (0, 0) of a tensor is and how far rows and planes are apart, in texels, as the
/// shaders take it.
struct Geometry
{
    uint32_t base = 0;
    uint32_t row = 0;
    uint32_t plane = 0;

    Geometry() = default;
    explicit Geometry(const TensorLayout& l)
        : base(l.origin())
        , row(l.rowStride)
        , plane(l.planeStride)
    {
    }
};

/// Invocations along x in a workgroup, and the groups that cover `count` of them.
inline constexpr uint32_t groupWidth = 64;
[[nodiscard]] constexpr uint32_t groupsFor(uint64_t count)
{
    return uint32_t((count + groupWidth - 1) / groupWidth);
}

/// What an activation clamps to from below.
inline constexpr float noLowest = -std::numeric_limits<float>::infinity();
[[nodiscard]] constexpr float lowestOf(Activation activation)
{
    return activation == Activation::Relu ? 0.0F : noLowest;
}

} // namespace inceptoscope
