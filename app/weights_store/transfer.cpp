#include "weights_store/transfer.h"

#include "weights_store/http_answer.h"

#include <QLocale>
#include <QNetworkReply>

#include <utility>

namespace inceptoscope {

namespace {

/// What a reply holds before it is read: bounds memory where the disk is slower than the network.
constexpr qint64 replyBuffer = qint64(1) << 20;
constexpr int mostRedirects = 10;
constexpr qsizetype mostHeaders = 200;
constexpr qsizetype mostHeaderBytes = qsizetype(64) << 10;

QString seconds(int milliseconds)
{
    return QString::number((milliseconds + 999) / 1000);
}

} // namespace

QString inWords(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

Transfer::Transfer(
    QNetworkAccessManager& network, const QUrl& url, Headers headers, const DownloadLimits& limits)
    : m_network(network)
    , m_url(url)
    , m_headers(std::move(headers))
    , m_limits(limits)
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &Transfer::onSilence);
    connect(&m_window, &QTimer::timeout, this, &Transfer::onWindowEnd);
    send();
}

Transfer::~Transfer()
{
    drop();
}

void Transfer::send()
{
    drop();
    m_sent = m_answered = false;
    QNetworkRequest request(m_url);
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    for (const auto& [name, value] : m_headers)
        request.setRawHeader(name, value);
    m_reply = m_network.get(request);
    m_reply->setReadBufferSize(replyBuffer);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        m_sent = true;
        m_silence.start(m_limits.stall);
    });
    // Later, since a reply that is ended while it tells of its headers complains.
    connect(
        m_reply, &QNetworkReply::metaDataChanged, this, &Transfer::onHeaders, Qt::QueuedConnection);
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        if (m_answered)
            Q_EMIT received();
    });
    connect(m_reply, &QNetworkReply::finished, this, &Transfer::onFinished);
    m_silence.start(m_limits.connect);
}

QByteArray Transfer::read()
{
    QByteArray bytes = m_reply->readAll();
    if (!bytes.isEmpty())
        m_silence.start(m_limits.stall);
    m_received += bytes.size();
    return bytes;
}

void Transfer::onHeaders()
{
    if (m_reply == nullptr || m_answered || statusOf(*m_reply) < 200)
        return;
    qsizetype bytes = 0;
    const auto headers = m_reply->rawHeaderPairs();
    for (const auto& [name, value] : headers)
        bytes += name.size() + value.size();
    if (headers.size() > mostHeaders || bytes > mostHeaderBytes) {
        refuse(QStringLiteral("%1 answered with %2 headers of %3 bytes, more than any file has")
                   .arg(m_url.host())
                   .arg(headers.size())
                   .arg(bytes));
        return;
    }
    if (headers.isEmpty()) {
        // What Qt makes of headers beyond its own limit, now and then without an error.
        refuse(QStringLiteral("%1 answered with headers that can't be read").arg(m_url.host()));
        return;
    }
    if (isRedirect(statusOf(*m_reply))) {
        redirect();
        return;
    }
    m_answered = true;
    m_received = 0;
    m_silence.start(m_limits.stall);
    m_window.start(m_limits.window);
    Q_EMIT answered();
    if (m_reply != nullptr && m_reply->bytesAvailable() > 0)
        Q_EMIT received();
}

void Transfer::redirect()
{
    const QByteArray location = m_reply->rawHeader("Location");
    const QUrl next = m_url.resolved(QUrl::fromEncoded(location.trimmed()));
    const bool web =
        next.scheme() == QLatin1String("https") || next.scheme() == QLatin1String("http");
    if (location.isEmpty() || !next.isValid() || (web && next.host().isEmpty()))
        return refuse(QStringLiteral("%1 leads on to no address (answer %2)")
                          .arg(m_url.host())
                          .arg(statusOf(*m_reply)));
    if (!web)
        return refuse(QStringLiteral("%1 leads on to %2, which is neither http nor https and isn't "
                                     "followed")
                          .arg(m_url.host(), next.toDisplayString()));
    if (m_url.scheme() == QLatin1String("https") && next.scheme() != QLatin1String("https"))
        return refuse(QStringLiteral("%1 leads on to an address without encryption, %2, which "
                                     "isn't followed")
                          .arg(m_url.host(), next.toDisplayString()));
    if (++m_redirects > mostRedirects)
        return refuse(QStringLiteral("%1 leads round in a circle (%2 redirects)")
                          .arg(m_url.host())
                          .arg(mostRedirects));
    m_url = next;
    send();
}

void Transfer::onFinished()
{
    m_silence.stop();
    m_window.stop();
    onHeaders(); // of an answer so short that nobody had told of them
    if (m_reply != nullptr && (m_answered || statusOf(*m_reply) == 0) && m_reply->isFinished())
        Q_EMIT finished();
}

void Transfer::onSilence()
{
    const QString host = m_url.host();
    if (m_answered) {
        drop();
        Q_EMIT broke(QStringLiteral("%1 sent nothing more for %2 seconds")
                         .arg(host, seconds(m_limits.stall)));
    } else if (m_sent) {
        refuse(QStringLiteral("%1 doesn't answer, or not to the end (%2 seconds)")
                   .arg(host, seconds(m_limits.stall)));
    } else {
        refuse(
            QStringLiteral("%1 doesn't answer (%2 seconds)").arg(host, seconds(m_limits.connect)));
    }
}

void Transfer::onWindowEnd()
{
    const qint64 got = std::exchange(m_received, 0);
    if (got * 1000 >= qint64(m_limits.slowest) * m_limits.window)
        return;
    refuse(QStringLiteral("%1 sends too slowly: %2 in %3 seconds")
               .arg(m_url.host(), inWords(got), seconds(m_limits.window)));
}

void Transfer::refuse(const QString& why)
{
    drop();
    Q_EMIT gaveUp(why);
}

void Transfer::drop()
{
    m_silence.stop();
    m_window.stop();
    if (m_reply == nullptr)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

} // namespace inceptoscope
