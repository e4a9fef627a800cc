#include "charts/axis.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace inceptoscope {

namespace {

double niceStep(double span, int most)
{
    const double raw = span / std::max(1, most);
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= raw * 0.999)
            return factor * power;
    return 10 * power;
}

QString label(const Axis& axis, double value)
{
    return axis.percent ? shortNumber(value * 100) + QStringLiteral("\u00A0%") : shortNumber(value);
}

Ticks linearTicks(const Axis& axis, double low, double high, int most)
{
    if (axis.fromZero)
        low = std::min(0.0, low);
    if (!(high > low))
        high = low + (low == 0 ? 1 : std::abs(low));
    const double step = niceStep(high - low, most);
    Ticks ticks;
    const auto first = std::floor(low / step + 1e-9);
    const auto last = std::ceil(high / step - 1e-9);
    for (double i = first; i <= last; ++i) {
        ticks.at.push_back(i * step);
        ticks.labels << label(axis, i == 0 ? 0.0 : i * step);
    }
    ticks.low = first * step;
    ticks.high = last * step;
    return ticks;
}

/// 1, 2 and 5 of each decade where they fit, else whole decades.
Ticks logTicks(const Axis& axis, double low, double high, int most)
{
    constexpr double least = 1e-12;
    low = std::max(least, low);
    high = std::max(low * 1.001, high);
    std::vector<double> steps;
    const int decades = int(std::floor(std::log10(low))) - 1;
    const int end = int(std::ceil(std::log10(high))) + 1;
    for (int decade = decades; decade <= end; ++decade)
        for (const double factor : {1.0, 2.0, 5.0})
            steps.push_back(factor * std::pow(10.0, decade));
    const auto first = std::upper_bound(steps.begin(), steps.end(), low * 1.0001) - 1;
    const auto last = std::lower_bound(steps.begin(), steps.end(), high * 0.9999);
    Ticks ticks;
    ticks.low = *first;
    ticks.high = *last;
    const bool all = last - first + 1 <= most;
    for (auto step = first; step <= last; ++step) {
        const double digits = std::log10(*step);
        if (all || std::abs(digits - std::round(digits)) < 1e-6) {
            ticks.at.push_back(*step);
            ticks.labels << label(axis, *step);
        }
    }
    if (ticks.at.size() < 2) { // a single number gives no scale
        ticks.at = {ticks.low, ticks.high};
        ticks.labels = {label(axis, ticks.low), label(axis, ticks.high)};
    }
    return ticks;
}

} // namespace

Ticks ticksFor(const Axis& axis, double low, double high, int most)
{
    return axis.log ? logTicks(axis, low, high, most) : linearTicks(axis, low, high, most);
}

QString shortNumber(double value)
{
    static constexpr std::array units = {"", "K", "M", "G", "T", "P"};
    size_t unit = 0;
    double v = value;
    while (std::abs(v) >= 999.5 && unit + 1 < units.size()) {
        v /= 1000;
        ++unit;
    }
    QString text = QString::number(v, 'g', 3);
    if (text.contains(u'e'))
        text = QString::number(v, 'f', 6);
    return unit == 0 ? text : text + QChar(0xA0) + QLatin1String(units[unit]);
}

double AxisScale::operator()(double value) const
{
    const auto along = [this](double v) { return log ? std::log10(std::max(v, 1e-12)) : v; };
    const double share = (along(value) - along(low)) / (along(high) - along(low));
    return from + share * (to - from);
}

QString axisTitle(const Axis& axis)
{
    return axis.unit.isEmpty() ? axis.title : QStringLiteral("%1 (%2)").arg(axis.title, axis.unit);
}

} // namespace inceptoscope
