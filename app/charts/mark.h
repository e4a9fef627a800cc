#pragma once

namespace inceptoscope {

enum class MarkerShape
{
    Circle,
    Square,
    Diamond,
    Triangle,
    TriangleDown,
    Plus,
    Cross,
    Hexagon
};

/// How something of a kind is told from the others: by colour and by shape.
struct Mark
{
    int color = 0; ///< index into the theme's palette
    MarkerShape shape = MarkerShape::Circle;
};

/// The mark of the index-th kind: eight that differ, then from the start again.
[[nodiscard]] inline Mark markOf(int index)
{
    return {index, MarkerShape(index % 8)};
}

} // namespace inceptoscope
