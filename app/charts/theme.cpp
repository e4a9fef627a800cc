#include "charts/theme.h"

#include <algorithm>

namespace inceptoscope {

QColor ChartTheme::color(int index) const
{
    return palette.empty() ? text : palette[size_t(std::max(0, index)) % palette.size()];
}

QStringList paletteNames(bool dark)
{
    static const QStringList onDark = {"#e69f00", "#56b4e9", "#17b88a", "#e08fc0",
                                       "#f0e442", "#ff7f45", "#7f9cff", "#b8b8b8"};
    static const QStringList onLight = {"#c98300", "#1f86c7", "#00805c", "#b5508c",
                                        "#a89a00", "#d55e00", "#2d4fc4", "#6a6a6a"};
    return dark ? onDark : onLight;
}

ChartTheme chartTheme(bool dark, double unit)
{
    ChartTheme theme;
    theme.background = QColor(dark ? "#0f1216" : "#ffffff");
    theme.panel = QColor(dark ? "#222831" : "#dce2e8");
    theme.text = QColor(dark ? "#eef2f6" : "#14181d");
    theme.secondary = QColor(dark ? "#aab5c1" : "#4a5561");
    theme.grid = QColor(dark ? "#2e3640" : "#d9dee4");
    theme.strong = QColor(dark ? "#76828f" : "#76818d");
    theme.accent = QColor(dark ? "#f4dc4f" : "#46308f");
    for (const QString& name : paletteNames(dark))
        theme.palette.emplace_back(name);
    theme.unit = unit;
    return theme;
}

QFont chartFont(const ChartTheme& theme, double designSize, bool bold)
{
    QFont font(theme.family);
    font.setPixelSize(std::max(1, qRound(theme.px(designSize))));
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
}

QColor blended(const QColor& base, const QColor& color, double share)
{
    const auto mix = [share](float a, float b) { return float(a + (b - a) * share); };
    return QColor::fromRgbF(
        mix(base.redF(), color.redF()), mix(base.greenF(), color.greenF()),
        mix(base.blueF(), color.blueF()));
}

} // namespace inceptoscope
