// What changed between two of the networks of VersionsModel.
#include "charts/export.h"
#include "models/format.h"
#include "models/save/save_content.h"
#include "models/versions/version_difference.h"
#include "models/versions/versions_model.h"

#include <cmath>

namespace inceptoscope {

void VersionsModel::showDifference()
{
    setTab(1);
}

void VersionsModel::setBefore(const QString& id)
{
    if (id == m_before || row(id) == nullptr)
        return;
    m_before = id;
    Q_EMIT differenceChanged();
}

void VersionsModel::setAfter(const QString& id)
{
    if (id == m_after || row(id) == nullptr)
        return;
    m_after = id;
    Q_EMIT differenceChanged();
}

static const MeasuredTimes* timesOf(const VersionRow& row)
{
    return row.measured() ? &row.result->times : nullptr;
}

QVariantList VersionsModel::difference() const
{
    const VersionRow* a = row(m_before);
    const VersionRow* b = row(m_after);
    if (a == nullptr || b == nullptr || !a->network || !b->network)
        return {};
    return versionDifference(*a->network, timesOf(*a), *b->network, timesOf(*b));
}

QVariantList VersionsModel::totals() const
{
    const VersionRow* a = row(m_before);
    const VersionRow* b = row(m_after);
    QVariantList rows;
    if (a == nullptr || b == nullptr)
        return rows;
    const auto add = [&](const char* label, const QString& before, const QString& after,
                         const QString& change) {
        rows.append(QVariantMap{
            {"label", QString::fromUtf8(label)},
            {"before", before},
            {"after", after},
            {"change", change}});
    };
    const VersionFacts& x = a->facts;
    const VersionFacts& y = b->facts;
    const auto count = [&](const char* label, uint64_t before, uint64_t after) {
        add(label, formatCount(before), formatCount(after), differenceText(before, after));
    };
    add("Input", QStringLiteral("%1×%1").arg(x.input), QStringLiteral("%1×%1").arg(y.input),
        x.input == y.input ? QStringLiteral("same") : QString());
    count("Depth", x.layers, y.layers);
    count("Params", x.cost.params, y.cost.params);
    count("MACs", x.cost.macs, y.cost.macs);
    const double before = a->measured() ? a->result->times.median : -1;
    const double after = b->measured() ? b->result->times.median : -1;
    const auto time = [](double milliseconds) {
        return milliseconds < 0 ? QStringLiteral("not measured") : formatMilliseconds(milliseconds);
    };
    const Ratio ratioBefore = a->measured() ? a->result->ratio : Ratio{};
    const Ratio ratioAfter = b->measured() ? b->result->ratio : Ratio{};
    const QString factor = ratioBefore.known() && ratioAfter.known()
                               ? QString::number(ratioAfter.median / ratioBefore.median, 'f', 2)
                               : QString();
    add("Time", time(before), time(after), timeDifferenceText(before, after, factor));
    const AccuracyFigure* p = x.figure(m_released);
    const AccuracyFigure* q = y.figure(m_released);
    const auto top1 = [](const AccuracyFigure* figure) {
        return figure == nullptr || !figure->top1
                   ? QStringLiteral("none")
                   : QString::number(*figure->top1, 'f', 1) + footnoteMarks(*figure);
    };
    const bool both = p != nullptr && q != nullptr && p->top1 && q->top1;
    add(m_released ? "Top-1, released" : "Top-1, published", top1(p), top1(q),
        both ? QStringLiteral("%1%2 points")
                   .arg(*q->top1 < *p->top1 ? QStringLiteral("−") : QStringLiteral("+"))
                   .arg(std::abs(*q->top1 - *p->top1), 0, 'f', 1)
             : QStringLiteral("–"));
    return rows;
}

DifferenceFigure VersionsModel::differenceFigure() const
{
    const VersionRow* a = row(m_before);
    const VersionRow* b = row(m_after);
    return {
        .before = a ? a->name() : m_before,
        .after = b ? b->name() : m_after,
        .totals = totals(),
        .stages = difference()};
}

QSize VersionsModel::differenceSize() const
{
    return differenceFigure().drawing(chartTheme(true)).size.toSize();
}

QVariant VersionsModel::differenceContent(const QString& suffix, int scale, bool dark) const
{
    const DifferenceFigure figure = differenceFigure();
    return QVariant::fromValue(
        SaveContent{[drawing = figure.drawing(chartTheme(dark)), title = figure.title(), suffix,
                     scale] { return toBytes(drawing, suffix, title, scale); }});
}

} // namespace inceptoscope
