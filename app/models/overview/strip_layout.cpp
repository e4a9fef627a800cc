#include "models/overview/strip_layout.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int tileRows = 3;
constexpr int fewestTiles = 3; ///< smaller groups stay cards

/// As few as three rows need; more where the heading is wider anyway.
int tileColumns(const StripItem& item, const StripMetrics& m)
{
    const int needed = (item.count + tileRows - 1) / tileRows;
    return std::min(item.count, std::max(needed, int(item.heading / m.tile)));
}

double itemWidth(const StripItem& item, bool small, double card, const StripMetrics& m)
{
    return std::max(item.heading, small ? tileColumns(item, m) * m.tile : item.count * card);
}

struct Strip
{
    const std::vector<StripItem>& items;
    const StripMetrics& m;
    std::vector<bool> small;

    [[nodiscard]] double width(double card) const
    {
        double sum = m.gap * double(items.size() - 1);
        for (size_t i = 0; i < items.size(); ++i)
            sum += itemWidth(items[i], small[i], card, m);
        return sum;
    }
    /// False where no group is left that would get narrower.
    [[nodiscard]] bool shrink()
    {
        size_t best = items.size();
        for (size_t i = 0; i < items.size(); ++i) {
            const bool candidate = !small[i] && items[i].count >= fewestTiles &&
                                   itemWidth(items[i], true, m.smallestCard, m) <
                                       itemWidth(items[i], false, m.smallestCard, m);
            if (candidate && (best == items.size() || items[i].count > items[best].count))
                best = i;
        }
        if (best == items.size())
            return false;
        small[best] = true;
        return true;
    }
    /// The widest cards that fit.
    [[nodiscard]] double card() const
    {
        double card = m.smallestCard;
        while (card + 1 <= m.largestCard && width(card + 1) <= m.width)
            card += 1;
        return card;
    }
};

void placeModules(StripGroup& group, const StripItem& item, double card, const StripMetrics& m)
{
    const int columns = group.small ? tileColumns(item, m) : item.count;
    for (int i = 0; i < item.count; ++i) {
        const double column = i % columns;
        const double row = double(i / columns); // NOLINT(bugprone-integer-division)
        group.modules.push_back(
            group.small ? QRectF(group.x + column * m.tile, row * m.tile, m.tile, m.tile)
                        : QRectF(group.x + column * card, 0, card, m.cardHeight));
    }
}

} // namespace

std::vector<StripGroup> layoutStrip(const std::vector<StripItem>& items, const StripMetrics& m)
{
    if (items.empty() || m.tile <= 0)
        return {};
    Strip strip{.items = items, .m = m, .small = std::vector<bool>(items.size(), false)};
    while (strip.width(m.smallestCard) > m.width && strip.shrink()) {
    }
    const double card = strip.card();
    std::vector<StripGroup> groups;
    double x = 0;
    for (size_t i = 0; i < items.size(); ++i) {
        const double width = itemWidth(items[i], strip.small[i], card, m);
        StripGroup group{.x = x, .width = width, .small = strip.small[i], .modules = {}};
        // A lone card fills the room that its group's heading needs.
        const double own = strip.small[i] ? card : std::max(card, width / items[i].count);
        placeModules(group, items[i], own, m);
        groups.push_back(group);
        x += width + m.gap;
    }
    return groups;
}

} // namespace inceptoscope
