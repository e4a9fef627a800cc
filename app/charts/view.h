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

} // namespace inceptoscope
