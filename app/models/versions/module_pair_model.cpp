#include "models/versions/module_pair_model.h"

#include "models/format.h"
#include "models/save/save_content.h"

#include <QSignalBlocker>

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int delayMilliseconds = 250;

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
    m_progress.end();
    m_cancelled = false;
    m_wanted = true;
    Q_EMIT changed();
    Q_EMIT resultChanged();
    Q_EMIT progressChanged();
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
    m_cancelled = false;
    Q_EMIT progressChanged();
    if (m_lookedAt)
        m_delay.start();
}

void ModulePairModel::cancel()
{
    m_delay.stop();
    if (!measuring())
        return;
    ++m_number; // its result may be on its way
    m_progress.end();
    m_cancelled = true;
    Q_EMIT progressChanged();
    Q_EMIT cancelWanted();
}

double ModulePairModel::progress() const
{
    return m_progress.waits() ? -1 : m_progress.fraction();
}

QString ModulePairModel::progressText() const
{
    return m_progress.text(QStringLiteral("Measuring"));
}

void ModulePairModel::setProgress(double fraction)
{
    m_progress.advance(fraction);
    Q_EMIT progressChanged();
}

void ModulePairModel::setWaiting(const QString& text)
{
    m_progress.wait(text);
    Q_EMIT progressChanged();
}

void ModulePairModel::measure()
{
    if (!m_lookedAt || !m_wanted || (!m_sides[0]->built() && !m_sides[1]->built()))
        return;
    m_wanted = false;
    m_progress.begin();
    ModulePairRequest request{.number = m_number, .modules = {}, .input = input()};
    for (size_t i = 0; i < 2; ++i)
        request.modules.at(i) = {
            .network = m_sides.at(i)->network().toStdString(),
            .module = m_sides.at(i)->module().toStdString()};
    Q_EMIT progressChanged();
    Q_EMIT pairWanted(request);
}

void ModulePairModel::apply(const std::shared_ptr<const ModulePairResult>& result)
{
    if (result->number != m_number)
        return;
    m_progress.end();
    m_inputSource = result->inputSource;
    m_ratio = result->ratio;
    for (size_t i = 0; i < 2; ++i)
        m_sides.at(i)->apply(result->sides.at(i));
    Q_EMIT resultChanged();
    Q_EMIT progressChanged();
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

PairFigure ModulePairModel::figure() const
{
    return {
        .sides = {m_sides[0]->figure(), m_sides[1]->figure()},
        .input = inputText(),
        .differences = differences()};
}

QSize ModulePairModel::figureSize() const
{
    return figure().size();
}

QVariant ModulePairModel::content(const QString& suffix, int scale) const
{
    return QVariant::fromValue(
        SaveContent{[figure = figure(), suffix, scale] { return figure.bytes(suffix, scale); }});
}

} // namespace inceptoscope
