#pragma once

#include "charts/mark.h"

#include <QColor>
#include <QFont>
#include <QStringList>

#include <vector>

namespace inceptoscope {

/// Looks of a chart as plain data, the window's and the report's alike.
struct ChartTheme
{
    QColor background;
    QColor panel; ///< what cells and bars lie on
    QColor text;
    QColor secondary; ///< axis titles, notes
    QColor grid;
    QColor strong; ///< axes, edges
    QColor accent; ///< what is selected
    std::vector<QColor> palette;
    QString family = QStringLiteral("Inter");
    double unit = 1.0; ///< logical pixels of a design pixel: text is 13 design pixels high

    [[nodiscard]] QColor color(int index) const;
    [[nodiscard]] double px(double design) const { return design * unit; }
};

/// Design pixels.
constexpr double chartTextSize = 13;
constexpr double chartSmallSize = 12;
constexpr double chartTitleSize = 16;

[[nodiscard]] ChartTheme chartTheme(bool dark, double unit = 1.0);

/// Colours of branches and kinds, "#e69f00": Okabe and Ito's, which the common kinds of colour
/// blindness tell apart; darker on white, where they need it to be seen.
[[nodiscard]] QStringList paletteNames(bool dark);

[[nodiscard]] QFont chartFont(const ChartTheme& theme, double designSize, bool bold = false);
/// `share` of `color` over `base`.
[[nodiscard]] QColor blended(const QColor& base, const QColor& color, double share);

} // namespace inceptoscope
