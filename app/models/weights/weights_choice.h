#pragma once

#include "engine/run_snapshot.h"
#include "models/messages/messages.h"
#include "models/settings.h"
#include "weights_store/weights_store.h"

#include <optional>

namespace inceptoscope {

/// Which weights the network on screen runs with: those that somebody chose, which are remembered,
/// else those that come with the program or were fetched, else random ones. Refused ones are
/// stood in for by the next of these, and that is said.
class WeightsChoice : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool remembered READ remembered NOTIFY rememberedChanged)

public:
    WeightsChoice(
        const WeightsStore& store, Settings& settings, Messages& messages,
        QObject* parent = nullptr);

    /// Somebody chose weights for this network, also in an earlier session.
    [[nodiscard]] bool remembered() const;
    /// What a network opens with, as --weights takes.
    [[nodiscard]] QString usual(const QString& networkId) const;

    /// The same where they are trained ones.
    [[nodiscard]] std::optional<QString> trained(const QString& networkId) const;

    /// The network on screen.
    void setNetwork(const QString& networkId);
    /// Opens `chosen`, or what is usual where it is empty or refused.
    void openFirst(const QString& chosen);
    /// As --weights takes; what was shown before stays until they are there.
    void open(const QString& spec);
    /// What was chosen is not opened any more.
    Q_INVOKABLE void forget();

    /// What became of `wanted`. `shown`: something is on screen, so that nothing need stand in.
    void refused(const QString& sentence, bool shown);
    void loaded(const WeightsState& weights);
    void fetched(const QString& networkId, const QString& path);

Q_SIGNALS:
    void rememberedChanged();
    void wanted(const QString& networkId, const QString& spec);

private:
    void next();
    void remember(const WeightsState& weights);
    void sayStandIn(const WeightsState& weights);

    const WeightsStore& m_store;
    Settings& m_settings;
    Messages& m_messages;
    QString m_network;
    QStringList m_fallBacks; ///< while the first weights are being opened: what else to try
    bool m_refused = false;  ///< so far all of them were
};

} // namespace inceptoscope
