#pragma once

#include "kernels/dispatch.h"

namespace inceptoscope {

/// What shaders begin with whose invocations are a pixel of four channels, along y the planes.
struct Pixels
{
    uint32_t pixels = 0, width = 0;

    explicit Pixels(const TensorLayout& out)
        : pixels(uint32_t(out.shape.pixels()))
        , width(out.shape.w)
    {
    }
};

/// Groups for them.
[[nodiscard]] inline std::array<uint32_t, 3> pixelGroups(const TensorLayout& out)
{
    return {groupsFor(out.shape.pixels()), out.blocks(), 1};
}

/// Columns, then rows, as shaders take them.
[[nodiscard]] constexpr std::array<uint32_t, 2> columnsRows(uint32_t columns, uint32_t rows)
{
    return {columns, rows};
}

/// How many windows of a row or column can hold one position.
[[nodiscard]] constexpr uint32_t windowsOf(uint32_t kernel, uint32_t stride)
{
    return (kernel + stride - 1) / stride;
}

} // namespace inceptoscope
