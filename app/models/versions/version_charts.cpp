#include "models/versions/version_charts.h"

#include "models/format.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// Families in the order of their first network: one mark each.
QStringList familiesOf(const std::vector<VersionRow>& rows)
{
    QStringList families;
    for (const VersionRow& row : rows)
        if (const QString family = QString::fromStdString(row.facts.family);
            !families.contains(family))
            families << family;
    return families;
}

Mark markFor(const QStringList& families, const VersionRow& row)
{
    return markOf(int(families.indexOf(QString::fromStdString(row.facts.family))));
}

/// Networks that can't be in the chart, as a sentence each kind.
QString leftOut(int withoutAccuracy, int unmeasured)
{
    QStringList parts;
    if (withoutAccuracy > 0)
        parts << QStringLiteral("%1 without a figure").arg(withoutAccuracy);
    if (unmeasured > 0)
        parts << QStringLiteral("%1 not measured").arg(unmeasured);
    return parts.isEmpty()
               ? QString()
               : QStringLiteral("; not shown: ") + parts.join(u',' + QStringLiteral(" "));
}

bool hasSubset(const std::vector<VersionRow>& rows, bool released)
{
    return std::ranges::any_of(rows, [&](const VersionRow& row) {
        const AccuracyFigure* figure = row.facts.figure(released);
        return figure != nullptr && figure->subset;
    });
}

QString tipOf(const VersionRow& row, const AccuracyFigure& figure)
{
    QString tip =
        row.name() + QStringLiteral("\n%1 · %2")
                         .arg(formatMacs(row.facts.cost.macs), formatParams(row.facts.cost.params));
    if (row.measured())
        tip += QStringLiteral(" · ") + formatMilliseconds(row.result->times.median);
    return tip + u'\n' + QString::fromStdString(citation(figure)) + footnoteMarks(figure) +
           (figure.note.empty() ? QString()
                                : QStringLiteral("\n† ") + QString::fromStdString(figure.note));
}

VersionsChart scatter(const std::vector<VersionRow>& rows, bool time, bool released)
{
    const QStringList families = familiesOf(rows);
    Scatter chart;
    chart.x = time ? Axis{.title = QStringLiteral("measured time"), .unit = QStringLiteral("ms")}
                   : Axis{.title = QStringLiteral("multiply-adds"), .unit = {}};
    chart.x.log = true;
    chart.y = {
        .title = released ? QStringLiteral("top-1 of released weights")
                          : QStringLiteral("top-1 as published"),
        .unit = QStringLiteral("%"),
        .fromZero = false};
    chart.sizeTitle = QStringLiteral("bubble area: params");
    chart.front = true;
    VersionsChart result;
    int withoutAccuracy = 0;
    int unmeasured = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
        const VersionRow& row = rows[i];
        const AccuracyFigure* figure = row.facts.figure(released);
        if (figure == nullptr || !figure->top1) {
            ++withoutAccuracy;
            continue;
        }
        if (time ? !row.measured() : row.network == nullptr) {
            ++unmeasured;
            continue;
        }
        ScatterPoint point;
        point.label = row.name() + footnoteMarks(*figure);
        point.x = time ? row.result->times.median : double(row.facts.cost.macs);
        if (time) {
            point.xLow = row.result->times.fastest;
            point.xHigh = row.result->times.slowest;
        }
        point.y = *figure->top1;
        point.size = double(row.facts.cost.params);
        point.mark = markFor(families, row);
        point.tip = tipOf(row, *figure);
        point.hollow = !figure->note.empty();
        chart.points.push_back(std::move(point));
        result.indices.push_back(int(i));
    }
    for (const QString& family : families)
        if (std::ranges::any_of(result.indices, [&](int i) {
                return QString::fromStdString(rows[size_t(i)].facts.family) == family;
            }))
            chart.legend.push_back({family, markOf(int(families.indexOf(family)))});
    QStringList marks;
    if (hasSubset(rows, released))
        marks << QStringLiteral("* on a subset of the pictures; on all of them about 0.2 lower");
    if (std::ranges::any_of(chart.points, &ScatterPoint::hollow))
        marks << QStringLiteral("† hollow: not quite this network's figure");
    marks << QStringLiteral("line: Pareto front") + leftOut(withoutAccuracy, unmeasured);
    chart.note = marks.join(QStringLiteral("; "));
    result.chart = std::move(chart);
    return result;
}

/// Value and text of a bar; nothing where the row has none.
std::optional<BarValue> barOf(const VersionRow& row, VersionChart kind)
{
    const Cost& cost = row.facts.cost;
    if (row.network == nullptr)
        return std::nullopt;
    if (kind == VersionChart::Params)
        return BarValue{.value = double(cost.params), .text = formatCount(cost.params)};
    if (kind == VersionChart::Macs)
        return BarValue{.value = double(cost.macs), .text = formatCount(cost.macs)};
    if (kind == VersionChart::Memory) {
        const double mebibytes = double(row.bytes()) / (1 << 20);
        return BarValue{
            .value = mebibytes,
            .text = formatBytes(row.bytes()) +
                    (row.measured() ? QString() : QStringLiteral(", counted only"))};
    }
    if (!row.measured())
        return std::nullopt;
    const MeasuredTimes& times = row.result->times;
    return BarValue{
        .value = times.median,
        .text = formatMilliseconds(times.median),
        .low = times.fastest,
        .high = times.slowest,
        .spread = QStringLiteral("%1 to %2")
                      .arg(formatMilliseconds(times.fastest), formatMilliseconds(times.slowest))};
}

VersionsChart bars(const std::vector<VersionRow>& rows, VersionChart kind)
{
    BarChart chart;
    chart.axis =
        kind == VersionChart::Params ? Axis{.title = QStringLiteral("parameters"), .unit = {}}
        : kind == VersionChart::Macs ? Axis{.title = QStringLiteral("multiply-adds"), .unit = {}}
        : kind == VersionChart::Memory
            ? Axis{.title = QStringLiteral("weights and activations"), .unit = QStringLiteral("MiB")}
            : Axis{.title = QStringLiteral("measured time"), .unit = QStringLiteral("ms")};
    chart.series = {{QString(), markOf(1)}};
    VersionsChart result;
    int missing = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto value = barOf(rows[i], kind);
        if (!value) {
            ++missing;
            continue;
        }
        chart.bars.push_back(
            {.label = rows[i].name(),
             .values = {*value},
             .tip = rows[i].name() + u'\n' + value->text +
                    (value->spread.isEmpty() ? QString() : QStringLiteral(", ") + value->spread)});
        result.indices.push_back(int(i));
    }
    if (missing > 0)
        chart.note = QStringLiteral("%1 not %2")
                         .arg(missing)
                         .arg(
                             kind == VersionChart::Time ? QStringLiteral("measured")
                                                        : QStringLiteral("possible at this size"));
    result.chart = std::move(chart);
    return result;
}

} // namespace

VersionsChart versionsChart(const std::vector<VersionRow>& rows, VersionChart kind, bool released)
{
    if (kind == VersionChart::AccuracyByMacs || kind == VersionChart::AccuracyByTime)
        return scatter(rows, kind == VersionChart::AccuracyByTime, released);
    return bars(rows, kind);
}

} // namespace inceptoscope
