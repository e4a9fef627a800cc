#pragma once

#include "charts/axis.h"

namespace inceptoscope {

/// How and where a chart is drawn; what is picked in it is no part of its data.
struct ChartView
{
    QSizeF size; ///< logical pixels
    ChartTheme theme;
    std::vector<int> selected; ///< indices of data
    int hovered = -1;

    [[nodiscard]] bool isSelected(int index) const
    {
        for (const int one : selected)
            if (one == index)
                return true;
        return false;
    }
};

/// An empty drawing of the view's size.
[[nodiscard]] inline Drawing blank(const ChartView& view)
{
    return {.size = view.size, .background = view.theme.background, .items = {}, .targets = {}};
}

/// What a chart with axes has of its view.
[[nodiscard]] inline QRectF roomOf(const ChartView& view)
{
    const ChartTheme& theme = view.theme;
    return QRectF({0, 0}, view.size)
        .adjusted(theme.px(12), theme.px(10), -theme.px(12), -theme.px(8));
}

/// The margins of roomOf(), both together.
[[nodiscard]] inline QSizeF marginsOf(const ChartTheme& theme)
{
    return {theme.px(24), theme.px(18)};
}

/// In place of a chart that there is no room for: a sentence that says so.
[[nodiscard]] Drawing withoutRoom(const ChartView& view);

} // namespace inceptoscope
