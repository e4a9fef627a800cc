#include "charts/labels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace inceptoscope {

namespace {

/// Right first, then left, above, below, and the corners.
constexpr std::array<std::array<double, 2>, 8> directions = {
    {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {0.75, -0.75}, {0.75, 0.75}, {-0.75, -0.75}, {-0.75, 0.75}}};

QRectF boxBeside(const Labelled& item, const std::array<double, 2>& to, double distance)
{
    const double x = item.at.x() + to[0] * (item.radius + distance);
    const double y = item.at.y() + to[1] * (item.radius + distance);
    const double w = item.label.width();
    const double h = item.label.height();
    const double left = to[0] > 0 ? x : to[0] < 0 ? x - w : x - w / 2;
    const double top = to[1] > 0 ? y : to[1] < 0 ? y - h : y - h / 2;
    return {left, top, w, h};
}

bool touches(const QRectF& box, const Labelled& bubble)
{
    const double x = std::max({box.left() - bubble.at.x(), 0.0, bubble.at.x() - box.right()});
    const double y = std::max({box.top() - bubble.at.y(), 0.0, bubble.at.y() - box.bottom()});
    return std::hypot(x, y) < bubble.radius;
}

} // namespace

std::vector<QRectF> placeLabels(
    const std::vector<Labelled>& items, const QRectF& room, double gap,
    const std::vector<QRectF>& taken)
{
    std::vector<QRectF> used = taken;
    std::vector<QRectF> result(items.size());
    const auto isFree = [&](const QRectF& box) {
        if (!room.contains(box))
            return false;
        for (const QRectF& other : used)
            if (other.intersects(box))
                return false;
        for (const Labelled& bubble : items)
            if (touches(box, bubble))
                return false;
        return true;
    };
    for (size_t i = 0; i < items.size(); ++i) {
        if (items[i].label.isEmpty())
            continue;
        for (double distance = gap; distance < 40 * gap && result[i].isNull(); distance += 2 * gap)
            for (const auto& to : directions) {
                const QRectF box = boxBeside(items[i], to, distance);
                if (isFree(box)) {
                    result[i] = box;
                    used.push_back(box);
                    break;
                }
            }
    }
    return result;
}

} // namespace inceptoscope
