#include "models/weights/weights_choice.h"

#include <utility>

namespace inceptoscope {

namespace {

constexpr auto randomWeights = "synthetic";

} // namespace

WeightsChoice::WeightsChoice(
    const WeightsStore& store, Settings& settings, Messages& messages, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_settings(settings)
    , m_messages(messages)
{
}

bool WeightsChoice::remembered() const
{
    return !m_settings.weights(m_network).isEmpty();
}

QString WeightsChoice::usual(const QString& networkId) const
{
    const QString chosen = m_settings.weights(networkId);
    return chosen.isEmpty() ? m_store.specFor(networkId) : chosen;
}

std::optional<QString> WeightsChoice::trained(const QString& networkId) const
{
    const QString spec = usual(networkId);
    return spec == QLatin1String(randomWeights) ? std::nullopt : std::optional(spec);
}

void WeightsChoice::setNetwork(const QString& networkId)
{
    m_network = networkId;
    Q_EMIT rememberedChanged();
}

void WeightsChoice::openFirst(const QString& chosen)
{
    m_fallBacks = {
        chosen.isEmpty() ? usual(m_network) : chosen, m_store.specFor(m_network),
        QString(randomWeights)};
    m_fallBacks.removeDuplicates();
    m_refused = false;
    next();
}

void WeightsChoice::next()
{
    Q_EMIT wanted(m_network, m_fallBacks.takeFirst());
}

void WeightsChoice::open(const QString& spec)
{
    m_messages.dismiss();
    Q_EMIT wanted(m_network, spec);
}

void WeightsChoice::forget()
{
    m_settings.forgetWeights(m_network);
    Q_EMIT rememberedChanged();
    m_messages.dismiss();
    openFirst({});
}

void WeightsChoice::refused(const QString& sentence, bool shown)
{
    const QString before = m_messages.reported(Messages::About::Engine);
    m_messages.report(Messages::About::Engine, m_refused ? before + u'\n' + sentence : sentence);
    if (shown || m_fallBacks.isEmpty())
        return;
    m_refused = true;
    next();
}

void WeightsChoice::loaded(const WeightsState& weights)
{
    m_fallBacks.clear();
    if (std::exchange(m_refused, false)) {
        // Nobody chose these; what was remembered may be there again next time.
        sayStandIn(weights);
        return;
    }
    if (!weights.note.isEmpty())
        m_messages.note(weights.note);
    remember(weights);
}

void WeightsChoice::remember(const WeightsState& weights)
{
    // What is opened anyway need not be remembered, and would go on being opened if it did.
    if (weights.trained && weights.spec == m_store.specFor(m_network))
        m_settings.forgetWeights(m_network);
    else if (weights.trained)
        m_settings.rememberWeights(m_network, weights.spec);
    Q_EMIT rememberedChanged();
}

void WeightsChoice::sayStandIn(const WeightsState& weights)
{
    QString text = m_messages.reported(Messages::About::Engine) + u'\n';
    text += weights.trained
                ? tr("The network's own trained weights are used instead, %1.").arg(weights.title)
                : tr("Random weights are used instead.");
    if (!weights.note.isEmpty())
        text += u'\n' + weights.note;
    m_messages.report(Messages::About::Engine, text);
}

void WeightsChoice::fetched(const QString& networkId, const QString& path)
{
    if (networkId == m_network) {
        open(path);
        return;
    }
    m_messages.dismiss();
    m_messages.note(
        tr("The weights of %1 are there now; it opens with them from now on.").arg(networkId));
}

} // namespace inceptoscope
