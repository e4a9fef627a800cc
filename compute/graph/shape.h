#pragma once

#include <cstdint>
#include <string>

namespace inceptoscope {

/// Channels, rows, columns of one tensor, for each of the n pictures of a batch. A vector (after
/// the flattening of a fully connected layer) is {features, 1, 1}.
struct Shape
{
    uint32_t c = 0;
    uint32_t h = 0;
    uint32_t w = 0;
    uint32_t n = 1; ///< pictures

    [[nodiscard]] uint64_t elements() const { return n * values(); }      ///< of all pictures
    [[nodiscard]] uint64_t values() const { return uint64_t(c) * h * w; } ///< of one picture
    [[nodiscard]] uint64_t pixels() const { return uint64_t(h) * w; }     ///< of one picture
    [[nodiscard]] Shape picture() const { return {c, h, w}; }             ///< of one picture
    bool operator==(const Shape&) const = default;
};

/// Rows and columns: of a kernel, a stride, a plane.
struct Extent
{
    uint32_t h = 1;
    uint32_t w = 1;

    bool operator==(const Extent&) const = default;
};

/// Rows and columns added on each side, in pixels; the sides may differ (TensorFlow's SAME).
struct Padding
{
    uint32_t left = 0;
    uint32_t right = 0;
    uint32_t top = 0;
    uint32_t bottom = 0;

    static constexpr Padding symmetric(uint32_t h, uint32_t w) { return {w, w, h, h}; }
    bool operator==(const Padding&) const = default;
};

/// "192x28x28": channels, rows, columns; "4x192x28x28" of a batch of 4.
[[nodiscard]] inline std::string toString(const Shape& s)
{
    return (s.n == 1 ? "" : std::to_string(s.n) + "x") + std::to_string(s.c) + "x" +
           std::to_string(s.h) + "x" + std::to_string(s.w);
}

} // namespace inceptoscope
