#pragma once

#include "graph/graph.h"

namespace inceptoscope {

/// A rectangle of input pixels; may reach beyond the picture into the padding.
struct PixelRect
{
    int32_t x = 0;
    int32_t y = 0;
    int32_t w = 0;
    int32_t h = 0;

    bool operator==(const PixelRect&) const = default;
};

/// The input pixels that can influence the value of `id` at (x, y), padding included and
/// not clipped to the picture. For a tensor that sees everything (after global pooling or a
/// fully connected layer) it is the whole region its input sees.
[[nodiscard]] PixelRect receptiveField(const Graph& graph, NodeId id, uint32_t x, uint32_t y);

} // namespace inceptoscope
