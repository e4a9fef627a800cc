// What two modules differ in, a row a measure.
#include "models/format.h"
#include "models/versions/module_pair_model.h"
#include "models/versions/version_difference.h"
#include "models/versions/version_facts.h"

#include <QLocale>

namespace inceptoscope {

namespace {

/// "303,464,448": the whole number, since it can be checked.
QString exact(uint64_t value)
{
    return QLocale(QLocale::English).toString(qulonglong(value));
}

QString bytesDifference(uint64_t before, uint64_t after)
{
    if (before == after)
        return QStringLiteral("same");
    const bool more = after > before;
    const QString text = (more ? QStringLiteral("+") : QStringLiteral("−")) +
                         formatBytes(more ? after - before : before - after);
    return before == 0
               ? text
               : text + QStringLiteral(" (×%1)").arg(double(after) / double(before), 0, 'f', 2);
}

struct Sides
{
    const PairSideModel& a;
    const PairSideModel& b;
    Cost costA = {};
    Cost costB = {};

    Sides(const PairSideModel& first, const PairSideModel& second)
        : a(first)
        , b(second)
    {
        if (a.built())
            costA = moduleCost(a.alone()->graph, 1);
        if (b.built())
            costB = moduleCost(b.alone()->graph, 1);
    }
    [[nodiscard]] Shape output(const PairSideModel& side) const
    {
        if (!side.built())
            return {};
        const Graph& graph = side.alone()->graph;
        return graph[graph.modules()[1].output].shape;
    }
};

QVariantMap
rowOf(const char* label, const QString& first, const QString& second, const QString& change)
{
    return {
        {"label", QString::fromUtf8(label)},
        {"first", first},
        {"second", second},
        {"change", change}};
}

QString orDash(const PairSideModel& side, const QString& text)
{
    return side.built() ? text : QStringLiteral("–");
}

QString timeText(const MeasuredTimes& times)
{
    return times.median < 0 ? QStringLiteral("not measured") : timesText(times);
}

} // namespace

QVariantList ModulePairModel::differences() const
{
    const Sides sides(*m_sides[0], *m_sides[1]);
    const PairSideModel& a = sides.a;
    const PairSideModel& b = sides.b;
    const bool both = a.built() && b.built();
    const auto change = [&](const QString& text) { return both ? text : QStringLiteral("–"); };
    const Shape outA = sides.output(a);
    const Shape outB = sides.output(b);
    QVariantList rows;
    rows << rowOf(
        "MACs", orDash(a, exact(sides.costA.macs)), orDash(b, exact(sides.costB.macs)),
        change(differenceText(sides.costA.macs, sides.costB.macs)));
    rows << rowOf(
        "Params", orDash(a, exact(sides.costA.params)), orDash(b, exact(sides.costB.params)),
        change(differenceText(sides.costA.params, sides.costB.params)));
    rows << rowOf(
        "Channels out", orDash(a, QString::number(outA.c)), orDash(b, QString::number(outB.c)),
        change(differenceText(outA.c, outB.c)));
    rows << rowOf(
        "Grid out", orDash(a, QStringLiteral("%1×%2").arg(outA.h).arg(outA.w)),
        orDash(b, QStringLiteral("%1×%2").arg(outB.h).arg(outB.w)),
        change(
            outA.h == outB.h && outA.w == outB.w ? QStringLiteral("same")
                                                 : QStringLiteral("another")));
    rows << rowOf(
        "Weights", orDash(a, formatBytes(sides.costA.weightBytes)),
        orDash(b, formatBytes(sides.costB.weightBytes)),
        change(bytesDifference(sides.costA.weightBytes, sides.costB.weightBytes)));
    rows << rowOf(
        "Activations", orDash(a, formatBytes(sides.costA.activationBytes)),
        orDash(b, formatBytes(sides.costB.activationBytes)),
        change(bytesDifference(sides.costA.activationBytes, sides.costB.activationBytes)));
    rows << rowOf(
        "Time", orDash(a, timeText(a.times())), orDash(b, timeText(b.times())),
        change(timeDifferenceText(
            a.times().median, b.times().median, m_ratio.known() ? ratioText(m_ratio) : QString())));
    rows << rowOf(
        "GFLOP/s",
        a.times().median > 0 ? QString::number(gflops(sides.costA.macs, a.times().median), 'f', 1)
                             : QStringLiteral("–"),
        b.times().median > 0 ? QString::number(gflops(sides.costB.macs, b.times().median), 'f', 1)
                             : QStringLiteral("–"),
        QString());
    return rows;
}

} // namespace inceptoscope
