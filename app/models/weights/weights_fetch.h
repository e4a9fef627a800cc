#pragma once

#include "weights_store/transfer.h"
#include "weights_store/weights_store.h"

#include <QObject>
#include <QVariantList>

namespace inceptoscope {

/// Trained weights of the network on screen that can be fetched: what they are, and the download
/// under way. One at a time; it goes on while another network is looked at.
class WeightsFetch : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool offered READ offered NOTIFY offerChanged)
    Q_PROPERTY(bool installed READ installed NOTIFY offerChanged)
    Q_PROPERTY(QString title READ title NOTIFY offerChanged)
    Q_PROPERTY(QString sizeText READ sizeText NOTIFY offerChanged)
    Q_PROPERTY(QVariantList facts READ facts NOTIFY offerChanged)
    Q_PROPERTY(bool running READ running NOTIFY progressChanged)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
    Q_PROPERTY(double progressValue READ progressValue NOTIFY progressChanged)

public:
    explicit WeightsFetch(const WeightsStore& store, QObject* parent = nullptr);

    [[nodiscard]] bool offered() const { return m_offer != nullptr; }
    [[nodiscard]] const ManifestEntry* offer() const { return m_offer; } ///< null for none
    [[nodiscard]] bool installed() const { return m_offer && m_store.isThere(*m_offer); }
    [[nodiscard]] QString title() const;    ///< "inception_v3.tv_in1k"
    [[nodiscard]] QString sizeText() const; ///< "95.5 MB"
    /// {name, value}: what a person should know before fetching.
    [[nodiscard]] QVariantList facts() const;
    [[nodiscard]] bool running() const { return m_download != nullptr; }
    [[nodiscard]] QString progressText() const; ///< "Fetching ...: 12.1 of 95.5 MB"
    [[nodiscard]] double progressValue() const; ///< 0..1

    void setNetwork(const QString& networkId);
    /// Fetches what is offered, or says at once that it is there already.
    Q_INVOKABLE void start();
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void offerChanged();
    void progressChanged();
    void fetched(const QString& networkId, const QString& path);
    void failed(const QString& sentence);

private:
    void onFinished(Download::Outcome outcome, const QString& sentence);

    const WeightsStore& m_store;
    const ManifestEntry* m_offer = nullptr; ///< of the network on screen
    const ManifestEntry* m_underWay = nullptr;
    Download* m_download = nullptr;
};

} // namespace inceptoscope
