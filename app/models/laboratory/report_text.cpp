#include "models/laboratory/report_text.h"

#include "ascii.h"
#include "experiments/grouped.h"
#include "models/format.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

QString numberText(double value, int decimals)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("unknown") : QStringLiteral("∞");
    if (value == std::floor(value) && std::abs(value) >= 1000 && std::abs(value) < 9e15)
        return (value < 0 ? QStringLiteral("-") : QString()) +
               QString::fromStdString(grouped(uint64_t(std::abs(value))));
    if (value == std::floor(value))
        return QString::number(value, 'f', 0);
    if (std::abs(value) < 1e-3 || std::abs(value) >= 1e6)
        return QString::fromStdString(ascii::general(value, 3));
    return QString::fromStdString(ascii::fixed(value, decimals));
}

QString withUnit(const QString& text, const std::string& unit)
{
    return unit.empty() ? text : text + QChar(0xA0) + QString::fromStdString(unit);
}

QVariantMap row(const QString& label, QStringList texts)
{
    return {{"label", label}, {"texts", std::move(texts)}};
}

QString milliseconds(double value)
{
    return value < 0 ? QStringLiteral("–")
                     : QString::fromStdString(ascii::fixed(value, 2)) + QChar(0xA0) +
                           QStringLiteral("ms");
}

/// "Inception 3a", "blocks 7".
QString placeText(const ExperimentPlot& plot, double x)
{
    const auto index = std::llround(x) - 1;
    if (index >= 0 && size_t(index) < plot.xNames.size())
        return reportText(plot.xNames[size_t(index)]);
    return QStringLiteral("%1 %2").arg(reportText(plot.xTitle)).arg(x);
}

} // namespace

QString reportText(const std::string& text)
{
    return withTimesSigns(QString::fromStdString(text));
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QVariantList sideRows(const ExperimentReport& report)
{
    QStringList macs;
    QStringList params;
    QStringList activations;
    QStringList weights;
    QStringList fields;
    QStringList shapes;
    QStringList times;
    QStringList ranges;
    QStringList ratios;
    for (const ExperimentSide& side : report.sides) {
        macs << QString::fromStdString(grouped(side.cost.macs));
        params << QString::fromStdString(grouped(side.cost.params));
        activations << formatBytes(side.cost.activationBytes);
        weights << formatBytes(side.cost.weightBytes);
        fields << QString::number(side.receptiveField);
        shapes << formatShape(side.output);
        times
            << (side.times.runs == 1 ? milliseconds(side.times.median) + QStringLiteral(", one run")
                                     : milliseconds(side.times.median));
        ranges
            << (side.times.runs > 1 ? milliseconds(side.times.fastest) + QStringLiteral(" – ") +
                                          milliseconds(side.times.slowest)
                                    : QStringLiteral("–"));
        ratios
            << (side.timeRatio.known()
                    ? QString::fromStdString(ascii::fixed(side.timeRatio.median, 2)) + u'×'
                    : QStringLiteral("–"));
    }
    QVariantList rows{
        row(QStringLiteral("MACs"), macs),
        row(QStringLiteral("Params"), params),
        row(QStringLiteral("Receptive field, px"), fields),
        row(QStringLiteral("What comes out"), shapes),
        row(QStringLiteral("Activations"), activations),
        row(QStringLiteral("Weights"), weights)};
    const bool timed = std::ranges::any_of(
        report.sides, [](const ExperimentSide& side) { return side.times.runs > 0; });
    if (timed)
        rows << row(QStringLiteral("Time, median"), times)
             << row(QStringLiteral("Least to most"), ranges)
             << row(QStringLiteral("Time against the first"), ratios);
    return rows;
}

QVariantList figureRows(const ExperimentReport& report)
{
    QVariantList rows;
    for (const ExperimentFigure& figure : report.figures) {
        QString text;
        if (const auto* number = std::get_if<double>(&figure.value)) {
            text = numberText(*number, figure.decimals);
        } else if (const auto* word = std::get_if<std::string>(&figure.value)) {
            text = reportText(*word);
        } else if (const auto* list = std::get_if<std::vector<double>>(&figure.value)) {
            QStringList all;
            for (const double value : *list)
                all << numberText(value, figure.decimals);
            text = all.join(QStringLiteral(", "));
        } else {
            continue;
        }
        rows << QVariantMap{
            {"title", capitalised(reportText(figure.title))},
            {"text", withUnit(text, figure.unit)}};
    }
    return rows;
}

QVariantList figureTables(const ExperimentReport& report)
{
    QVariantList tables;
    for (const ExperimentFigure& figure : report.figures) {
        const auto* table = std::get_if<ExperimentTable>(&figure.value);
        if (table == nullptr)
            continue;
        QStringList columns;
        for (const std::string& column : table->columns)
            columns << reportText(column).replace(u'_', u' ');
        QVariantList rows;
        for (const auto& cells : table->rows) {
            QStringList texts;
            for (const auto& cell : cells) {
                const auto* number = std::get_if<double>(&cell);
                texts
                    << (number != nullptr ? numberText(*number, figure.decimals)
                                          : reportText(std::get<std::string>(cell)));
            }
            rows << texts;
        }
        tables << QVariantMap{
            {"title", withUnit(capitalised(reportText(figure.title)), figure.unit)},
            {"columns", columns},
            {"rows", rows}};
    }
    return tables;
}

ChartPtr chartOf(const ExperimentPlot& plot)
{
    constexpr size_t mostMarks = 12;
    Scatter chart;
    chart.title = capitalised(reportText(plot.title));
    chart.x = {.title = reportText(plot.xTitle), .log = plot.logX, .fromZero = false};
    chart.y = {.title = reportText(plot.yTitle), .log = plot.logY, .fromZero = false};
    int index = 0;
    for (const ExperimentCurve& curve : plot.curves) {
        const Mark mark = markOf(index++);
        ScatterLine line{.points = {}, .mark = mark};
        const size_t every = std::max<size_t>(1, curve.x.size() / mostMarks);
        for (size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
            const double x = curve.x[i];
            const double y = curve.y[i];
            const bool drawable = std::isfinite(x) && std::isfinite(y) && (!plot.logX || x > 0) &&
                                  (!plot.logY || y > 0);
            if (!drawable)
                continue;
            line.points.emplace_back(x, y);
            if (i % every == 0 || i + 1 == curve.x.size())
                chart.points.push_back(
                    {.label = {},
                     .x = x,
                     .y = y,
                     .mark = mark,
                     .tip = QStringLiteral("%1\n%2: %3 %4")
                                .arg(
                                    reportText(curve.title), placeText(plot, x),
                                    reportText(plot.yTitle), numberText(y, 4))});
        }
        chart.lines.push_back(std::move(line));
        if (plot.curves.size() > 1)
            chart.legend.push_back({reportText(curve.title), mark});
    }
    return std::make_shared<const Chart>(std::move(chart));
}

} // namespace inceptoscope
