#include "charts/export.h"
#include "cli/report/report_data.h"
#include "models/costs/cost_charts.h"
#include "models/costs/cost_columns.h"
#include "models/format.h"

#include <QBuffer>

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr auto style = R"(
body { font: 16px/1.5 Inter, Arial, sans-serif; color: #14181d; background: #fff;
  max-width: 1120px; margin: 2em auto; padding: 0 1.5em; }
h1 { font-size: 2em; margin: 0 0 .3em; } h2 { margin: 2em 0 .4em; border-bottom: 2px solid #d3d9e0; }
h3 { margin: 1.4em 0 .3em; } .note { color: #4a5561; }
.warning { background: #fdf3cf; border: 1px solid #d9bd56; border-radius: 6px; padding: .4em .8em; }
table { border-collapse: collapse; width: 100%; font-size: .85em; margin: .6em 0; }
th, td { padding: .25em .5em; text-align: right; border-bottom: 1px solid #e4e8ee; }
th { color: #4a5561; } th:first-child, td:first-child, td.text, th.text { text-align: left; }
svg { width: 100%; height: auto; } figure { margin: 1em 0; } img { border-radius: 6px; }
figcaption { color: #4a5561; font-size: .9em; }
)";

QString escaped(const QString& text)
{
    return text.toHtmlEscaped();
}

/// Without the XML declaration and document type, which are for a file of its own.
QString inlineSvg(const Chart& chart, QSizeF size, const QString& title)
{
    ChartView view{.size = size, .theme = chartTheme(false), .selected = {}};
    const QString svg = QString::fromUtf8(toSvg(layOut(chart, view), title));
    return svg.mid(svg.indexOf(QLatin1String("<svg")));
}

QString figure(const Chart& chart, QSizeF size, const QString& caption)
{
    return QStringLiteral("<figure>%1<figcaption>%2</figcaption></figure>\n")
        .arg(inlineSvg(chart, size, caption), escaped(caption));
}

QString tableOf(const std::vector<QStringList>& rows)
{
    QString html = QStringLiteral("<table>\n");
    for (size_t i = 0; i < rows.size(); ++i) {
        html += QStringLiteral("<tr>");
        for (const QString& cell : rows[i])
            html += QStringLiteral("<%1>%2</%1>")
                        .arg(i == 0 ? QStringLiteral("th") : QStringLiteral("td"), escaped(cell));
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</table>\n");
}

QString pictureTag(const Report& report)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    report.picture.save(&buffer, "PNG");
    return QStringLiteral("<img alt=\"%1\" width=\"224\" src=\"data:image/png;base64,%2\"/>")
        .arg(escaped(report.pictureTitle), QString::fromLatin1(png.toBase64()));
}

BarChart networkBars(const Report& report, bool time)
{
    BarChart chart;
    chart.title = time ? QStringLiteral("Measured time") : QStringLiteral("MACs");
    chart.axis = time ? Axis{.title = "time", .unit = "ms"} : Axis{.title = "MACs"};
    chart.series = {{{}, markOf(time ? 0 : 1)}};
    for (const ReportedNetwork& network : report.networks) {
        const PartTime& t = network.costs.times.front();
        const uint64_t macs = network.costs.parts.front().cost.macs;
        BarValue value{.value = double(macs), .text = formatCount(macs)};
        if (time)
            value = {
                .value = t.milliseconds,
                .text = formatMilliseconds(t.milliseconds),
                .low = t.fastest,
                .high = t.slowest};
        chart.bars.push_back(
            {.label = QString::fromStdString(network.costs.network->title), .values = {value}});
    }
    return chart;
}

/// Modules, or the ops whose two shares disagree most.
QString partTable(const CostedNetwork& costs, PartLevel level, size_t most)
{
    std::vector<size_t> rows;
    for (size_t i = 0; i < costs.parts.size(); ++i)
        if (costs.parts[i].level == level)
            rows.push_back(i);
    if (rows.size() > most) {
        std::stable_sort(rows.begin(), rows.end(), [&](size_t a, size_t b) {
            return std::abs(costs.timeShare(a) - costs.macsShare(a)) >
                   std::abs(costs.timeShare(b) - costs.macsShare(b));
        });
        rows.resize(most);
    }
    std::vector<QStringList> cells(1);
    for (const CostColumn& column : costColumns())
        if (&column != &costColumns().back())
            cells[0] << column.title;
    cells[0] << QStringLiteral("Because");
    for (const size_t i : rows) {
        QStringList row;
        for (const CostColumn& column : costColumns())
            if (&column != &costColumns().back())
                row << column.text(costs, i);
        cells.push_back(row << whyText(costs.whys[i]));
    }
    return tableOf(cells);
}

QString networkSection(const ReportedNetwork& network)
{
    constexpr size_t mostOps = 15;
    const CostedNetwork& costs = network.costs;
    const QString title = QString::fromStdString(costs.network->title);
    QString html = QStringLiteral("<h2 id=\"%1\">%2</h2>\n<p class=\"note\">%3</p>\n")
                       .arg(
                           escaped(QString::fromStdString(costs.network->id)), escaped(title),
                           escaped(QString::fromStdString(costs.network->paper)));
    if (!network.weights.trained)
        html += QStringLiteral("<p class=\"warning\">Random weights: shapes, costs and times are "
                               "real; what it recognises means nothing.</p>\n");
    if (network.weights.trained && !network.top.empty()) {
        QStringList top;
        for (const ClassScore& score : network.top)
            top << QStringLiteral("%1 %2").arg(
                score.label.isEmpty() ? QStringLiteral("class %1").arg(score.index) : score.label,
                formatPercent(double(score.probability)));
        html += QStringLiteral("<p>Weights: %1. It sees: %2.</p>\n")
                    .arg(escaped(network.weights.title), escaped(top.join(QStringLiteral(", "))));
    }
    html += QStringLiteral("<p>%1</p>\n").arg(escaped(partFacts(costs, 0).join("; ")));
    html += figure(
        costIcicle(costs, CostArea::Macs), {1080, 620},
        title + QStringLiteral(": every part by its share of the MACs"));
    const double rows = double(costBars(costs, nullptr).bars.size());
    html += figure(
        costBars(costs, nullptr), {1080, 140 + rows * 46},
        title + QStringLiteral(": share of the MACs beside share of the time"));
    html += figure(
        costRoofline(costs, nullptr), {1080, 560},
        title + QStringLiteral(": each op under the roofs of this device"));
    html += QStringLiteral("<h3>Modules</h3>\n") + partTable(costs, PartLevel::Module, 1000);
    html += QStringLiteral("<h3>Ops whose shares of MACs and time differ most</h3>\n") +
            partTable(costs, PartLevel::Op, mostOps);
    return html;
}

} // namespace

QString reportHtml(const Report& report)
{
    QString html = QStringLiteral("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
                                  "lang=\"en\">\n<head><meta charset=\"utf-8\"/>"
                                  "<title>What Inception networks cost</title><style>%1</style>"
                                  "</head>\n<body>\n<h1>What Inception networks cost</h1>\n")
                       .arg(QLatin1String(style));
    html += QStringLiteral("<p>%1</p>\n<p class=\"note\">%2</p>\n")
                .arg(
                    pictureTag(report),
                    escaped(QStringLiteral(
                                "%1 on %2 (driver %3), %4. Inceptoscope %5, batch 1, fp32. Times "
                                "are medians of %6 runs after a warm-up, one op after the other.")
                                .arg(
                                    report.pictureTitle, report.device, report.driver, report.date,
                                    report.version)
                                .arg(report.runs)));
    html +=
        QStringLiteral("<p class=\"note\">%1</p>\n")
            .arg(escaped(
                QStringLiteral("Peaks of the device by kernels of our own: FMA %1 GFLOP/s, "
                               "read %2 GB/s. MACs count convolutions and fully connected "
                               "layers; FLOP/byte is 2 × MACs over weights, activations read "
                               "and written of each op for itself.")
                    .arg(
                        formatDigits(report.peaks.fmaGflops), formatDigits(report.peaks.readGBs))));
    html += tableOf(networkTable(report));
    if (report.networks.size() > 1) {
        const double height = 110 + 34 * double(report.networks.size());
        html += figure(networkBars(report, false), {1080, height}, "MACs of each network");
        html += figure(networkBars(report, true), {1080, height}, "Measured time of each network");
    }
    for (const ReportedNetwork& network : report.networks)
        html += networkSection(network);
    return html + QStringLiteral("</body>\n</html>\n");
}

} // namespace inceptoscope
