#include "models/weights/weights_fetch.h"

#include <algorithm>

namespace inceptoscope {

namespace {

QVariantMap fact(const QString& name, const QString& value)
{
    return {{"name", name}, {"value", value}};
}

QString accuracyText(const ManifestEntry& entry)
{
    if (!entry.accuracy)
        return WeightsFetch::tr("not published");
    return WeightsFetch::tr("%1 % top-1, %2 % top-5 on ImageNet")
        .arg(entry.accuracy->top1, 0, 'f', 1)
        .arg(entry.accuracy->top5, 0, 'f', 1);
}

QString checkText(const ManifestEntry& entry)
{
    const QByteArray& hash = entry.expected.sha256;
    if (hash.isEmpty())
        return WeightsFetch::tr("by its size only, no SHA-256 is published");
    return WeightsFetch::tr("by its SHA-256, %1…").arg(QString::fromLatin1(hash.left(8)));
}

} // namespace

WeightsFetch::WeightsFetch(const WeightsStore& store, QObject* parent)
    : QObject(parent)
    , m_store(store)
{
}

void WeightsFetch::setNetwork(const QString& networkId)
{
    m_offer = m_store.manifest().toFetch(networkId);
    if (m_offer && m_offer->bundled)
        m_offer = nullptr;
    Q_EMIT offerChanged();
}

QString WeightsFetch::title() const
{
    return m_offer ? m_offer->id : QString();
}

QString WeightsFetch::sizeText() const
{
    return m_offer ? inWords(m_offer->expected.size) : QString();
}

QVariantList WeightsFetch::facts() const
{
    if (!m_offer)
        return {};
    const ManifestEntry& entry = *m_offer;
    const QString size = entry.expected.approximate ? tr("about %1").arg(sizeText()) : sizeText();
    return {
        fact(tr("Weights"), entry.source),
        fact(tr("Released by"), entry.releasedBy),
        fact(tr("Licence"), entry.licence),
        fact(tr("Accuracy"), accuracyText(entry)),
        fact(tr("Size"), size),
        fact(tr("From"), entry.urls.front().host()),
        fact(tr("Checked"), checkText(entry)),
        fact(tr("Kept as"), m_store.path(entry))};
}

QString WeightsFetch::progressText() const
{
    if (!m_download)
        return {};
    return tr("Fetching %1: %2 of %3")
        .arg(m_underWay->id, inWords(m_download->done()), inWords(m_download->total()));
}

double WeightsFetch::progressValue() const
{
    return m_download
               ? double(m_download->done()) / double(std::max<qint64>(1, m_download->total()))
               : 0;
}

void WeightsFetch::start()
{
    if (!m_offer || m_download)
        return;
    if (installed()) {
        Q_EMIT fetched(m_offer->network, m_store.path(*m_offer));
        return;
    }
    m_underWay = m_offer;
    m_download = new Download(m_store.request(*m_offer), {}, this);
    connect(m_download, &Download::progress, this, &WeightsFetch::progressChanged);
    connect(m_download, &Download::finished, this, &WeightsFetch::onFinished);
    m_download->start();
    Q_EMIT progressChanged();
}

void WeightsFetch::cancel()
{
    if (m_download)
        m_download->cancel();
}

void WeightsFetch::onFinished(Download::Outcome outcome, const QString& sentence)
{
    std::exchange(m_download, nullptr)->deleteLater();
    const ManifestEntry& entry = *std::exchange(m_underWay, nullptr);
    Q_EMIT progressChanged();
    Q_EMIT offerChanged();
    if (outcome == Download::Outcome::Done)
        Q_EMIT fetched(entry.network, m_store.path(entry));
    else if (outcome == Download::Outcome::Failed)
        Q_EMIT failed(sentence);
}

} // namespace inceptoscope
