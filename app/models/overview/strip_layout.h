#pragma once

#include <QRectF>

#include <vector>

namespace inceptoscope {

/// Sizes of the strip that shows a whole network, all in pixels.
struct StripMetrics
{
    double width = 0;        ///< room for all groups
    double smallestCard = 0; ///< a card's name fits into it
    double largestCard = 0;
    double tile = 0; ///< of a module in a group that is drawn small
    double gap = 0;  ///< between groups
    double cardHeight = 0;
};

/// A group to be placed.
struct StripItem
{
    int count = 0;      ///< of modules
    double heading = 0; ///< width of its heading
};

/// Neighbouring modules, side by side as cards, or small in rows.
struct StripGroup
{
    double x = 0;
    double width = 0;
    bool small = false;
    std::vector<QRectF> modules; ///< in their order
};

/// Fits groups of so many modules into the strip: while the cards are too many, the largest
/// group becomes a block of tiles, three rows high. Wider than `width` only where even that
/// doesn't help.
[[nodiscard]] std::vector<StripGroup>
layoutStrip(const std::vector<StripItem>& items, const StripMetrics& metrics);

} // namespace inceptoscope
