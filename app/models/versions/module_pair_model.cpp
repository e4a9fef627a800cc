#include "models/versions/module_pair_model.h"

#include "models/format.h"
#include "models/versions/version_difference.h"
#include "models/versions/version_facts.h"

#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int delayMilliseconds = 250;

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
    if (times.median < 0)
        return QStringLiteral("not measured");
    const double spread = (times.slowest - times.fastest) / 2;
    return QStringLiteral("%1 ±%2").arg(
        formatMilliseconds(times.median), QString::number(spread, 'f', spread < 0.995 ? 2 : 1));
}

} // namespace

ModulePairModel::ModulePairModel(QObject* parent)
    : QObject(parent)
    , m_sides{new PairSideModel(this), new PairSideModel(this)}
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(delayMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, &ModulePairModel::measure);
    m_sides[0]->choose(QStringLiteral("googlenet_naive"), QStringLiteral("inception_3a"));
    m_sides[1]->choose(QStringLiteral("googlenet"), QStringLiteral("inception_3a"));
    for (PairSideModel* side : m_sides)
        connect(side, &PairSideModel::chosen, this, &ModulePairModel::rebuild);
    rebuild();
}

QVariantList ModulePairModel::networks() const
{
    QVariantList list;
    for (const std::string& id : networkIds()) {
        const Network network = makeNetwork(id);
        list.append(QVariantMap{
            {"id", QString::fromStdString(id)},
            {"title", QString::fromStdString(network.title)},
            {"detail", QString::fromStdString(network.family)}});
    }
    return list;
}

Shape ModulePairModel::input() const
{
    return m_sides.at(size_t(m_inputOf))->ownInput();
}

void ModulePairModel::setInputOf(int side)
{
    if (side == m_inputOf || side < 0 || side > 1)
        return;
    m_inputOf = side;
    rebuild();
}

QStringList ModulePairModel::inputChoices() const
{
    return {
        QStringLiteral("left's, ") + formatShape(m_sides[0]->ownInput()),
        QStringLiteral("right's, ") + formatShape(m_sides[1]->ownInput())};
}

QString ModulePairModel::inputText() const
{
    const QString shape = formatShape(input());
    return m_inputSource.isEmpty() ? shape : shape + QStringLiteral(": ") + m_inputSource;
}

void ModulePairModel::rebuild()
{
    ++m_number; // what is under way is for another pair
    m_inputSource.clear();
    m_ratio = {};
    for (PairSideModel* side : m_sides)
        side->show(input());
    m_measuring = false;
    m_wanted = true;
    Q_EMIT changed();
    Q_EMIT resultChanged();
    if (m_lookedAt)
        m_delay.start();
}

void ModulePairModel::setLookedAt(bool on)
{
    m_lookedAt = on;
    if (on && m_wanted)
        m_delay.start();
}

void ModulePairModel::measureAgain()
{
    m_wanted = true;
    if (m_lookedAt)
        m_delay.start();
}

void ModulePairModel::measure()
{
    if (!m_lookedAt || !m_wanted || (!m_sides[0]->built() && !m_sides[1]->built()))
        return;
    m_wanted = false;
    m_measuring = true;
    ModulePairRequest request{.number = m_number, .modules = {}, .input = input()};
    for (size_t i = 0; i < 2; ++i)
        request.modules.at(i) = {
            .network = m_sides.at(i)->network().toStdString(),
            .module = m_sides.at(i)->module().toStdString()};
    Q_EMIT resultChanged();
    Q_EMIT pairWanted(request);
}

void ModulePairModel::apply(const std::shared_ptr<const ModulePairResult>& result)
{
    if (result->number != m_number)
        return;
    m_measuring = false;
    m_inputSource = result->inputSource;
    m_ratio = result->ratio;
    for (size_t i = 0; i < 2; ++i)
        m_sides.at(i)->apply(result->sides.at(i));
    Q_EMIT resultChanged();
}

void ModulePairModel::swap()
{
    const QString network = m_sides[0]->network();
    const QString module = m_sides[0]->module();
    m_inputOf = 1 - m_inputOf;
    choose(m_sides[1]->network(), m_sides[1]->module(), network, module);
}

/// Both at once: one pair, not two.
void ModulePairModel::choose(
    const QString& firstNetwork, const QString& firstModule, const QString& secondNetwork,
    const QString& secondModule)
{
    {
        const QSignalBlocker blocker(m_sides[0]);
        m_sides[0]->choose(firstNetwork, firstModule);
    }
    m_sides[1]->choose(secondNetwork, secondModule);
    Q_EMIT m_sides[0]->chosen();
}

/// The naive module of the same place: by its name, or by what others call it.
static std::optional<QString> naiveOf(const QString& network, const std::string& module)
{
    if (!network.startsWith(QLatin1String("googlenet")) ||
        network == QLatin1String("googlenet_naive"))
        return std::nullopt;
    const Network naive = makeNetwork("googlenet_naive");
    for (const Module& other : naive.graph.modules())
        if (other.kind == ModuleKind::Inception && (other.name == module || other.alias == module))
            return QString::fromStdString(other.name);
    return std::nullopt;
}

/// The next of the same kind in its network; at the end, the one before.
static QString neighbourOf(const Graph& graph, const std::string& module)
{
    const auto id = graph.findModule(module);
    QString neighbour = QString::fromStdString(module);
    for (ModuleId other = 0; id && other < graph.modules().size(); ++other) {
        const Module& candidate = graph.modules()[other];
        if (other == *id || candidate.kind != graph.modules()[*id].kind ||
            candidate.inputs.size() != 1)
            continue;
        neighbour = QString::fromStdString(candidate.name);
        if (other > *id)
            break;
    }
    return neighbour;
}

void ModulePairModel::compareWith(const QString& network, const QString& module)
{
    m_inputOf = 0;
    if (const auto naive = naiveOf(network, module.toStdString()))
        choose(network, module, QStringLiteral("googlenet_naive"), *naive);
    else
        choose(
            network, module, network,
            neighbourOf(makeNetwork(network.toStdString()).graph, module.toStdString()));
}

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
