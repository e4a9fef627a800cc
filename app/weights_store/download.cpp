#include "weights_store/download.h"

#include "error.h"
#include "weights_store/http_answer.h"

#include <QFileInfo>
#include <QLocale>
#include <QNetworkReply>
#include <QSslSocket>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace inceptoscope {

namespace {

/// What a reply holds before it is read: bounds memory where the disk is slower than the network.
constexpr qint64 replyBuffer = qint64(1) << 20;
constexpr int mostRedirects = 10;

QString inWords(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace

Download::Download(Request request, DownloadLimits limits, QObject* parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_limits(limits)
    , m_total(m_request.expected.size)
{
    Q_ASSERT(!m_request.urls.isEmpty());
    m_silence.setSingleShot(true);
    m_again.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &Download::onSilence);
    connect(&m_again, &QTimer::timeout, this, [this] { guarded(&Download::send); });
}

Download::~Download()
{
    dropReply();
}

void Download::start()
{
    QMetaObject::invokeMethod(
        this, [this] { guarded(&Download::begin); }, Qt::QueuedConnection);
}

void Download::cancel()
{
    finish(Outcome::Cancelled, {});
}

void Download::guarded(void (Download::*step)())
{
    if (m_finished)
        return;
    try {
        (this->*step)();
    } catch (const Error& error) {
        finish(Outcome::Failed, cannotBeFetched(QString::fromUtf8(error.what())));
    }
}

void Download::begin()
{
    auto part = std::make_unique<PartFile>(m_request.path);
    part->open();
    m_part = std::move(part); // only now: where it is somebody else's, it is left alone
    hashPart();
}

/// A long part is read in pieces between which the event loop goes on.
void Download::hashPart()
{
    if (m_part->hashNext()) {
        QMetaObject::invokeMethod(
            this, [this] { guarded(&Download::hashPart); }, Qt::QueuedConnection);
        return;
    }
    if (m_part->size() > m_request.expected.largest())
        m_part->restart();
    // Goes on where the part came from, if that was a mirror.
    const auto from = m_request.urls.indexOf(m_part->validator().url);
    if (from > 0)
        std::rotate(
            m_request.urls.begin(), m_request.urls.begin() + from,
            m_request.urls.begin() + from + 1);
    m_farthest = m_part->size();
    report();
    if (m_finished)
        return; // cancelled by whoever was told
    const ExpectedFile& expected = m_request.expected;
    if (!expected.approximate && m_part->size() == expected.size) {
        verify();
        return;
    }
    requireSpace();
    ask();
}

void Download::requireSpace() const
{
    const QString folder = QFileInfo(m_request.path).path();
    // Not QStorageInfo, which looks for a mount point: a changed root, as in a container, has none.
    std::error_code unknown;
    const auto space = std::filesystem::space(folder.toStdString(), unknown);
    const qint64 needed = m_request.expected.largest() - m_part->size();
    if (!unknown && std::cmp_less(space.available, needed))
        throw Error(
            ErrorKind::Io, QStringLiteral("%1 has %2 left, and %3 are needed; make room there")
                               .arg(folder, inWords(qint64(space.available)), inWords(needed))
                               .toStdString());
}

/// The request to the present address, unless it is clear beforehand that it can't work.
void Download::ask()
{
    if (!mayBeReachable(url())) {
        tryNext(QStringLiteral("%1 can't be reached (this computer is offline)").arg(url().host()));
        return;
    }
    if (url().scheme() == QLatin1String("https") && !QSslSocket::supportsSsl()) {
        tryNext(QStringLiteral("%1 wants https, for which OpenSSL's libraries are missing here "
                               "(Debian: libssl3)")
                    .arg(url().host()));
        return;
    }
    send();
}

void Download::send()
{
    dropReply();
    m_accepted = false;
    m_declared.reset();
    QNetworkRequest request(url());
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setMaximumRedirectsAllowed(mostRedirects);
    request.setRawHeader("User-Agent", "Inceptoscope");
    request.setRawHeader("Accept-Encoding", "identity"); // sizes and ranges are the file's own
    // Bytes of another address say nothing about this one's.
    if (m_part->size() > 0 && m_part->validator().url != url() &&
        !m_part->validator().url.isEmpty())
        m_part->restart();
    if (m_part->size() > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_part->size()) + "-");
        const Validator& validator = m_part->validator();
        if (!validator.etag.isEmpty())
            request.setRawHeader("If-Range", validator.etag);
        else if (!validator.lastModified.isEmpty())
            request.setRawHeader("If-Range", validator.lastModified);
    }
    m_reply = m_network.get(request);
    m_reply->setReadBufferSize(replyBuffer);
    connect(
        m_reply, &QNetworkReply::requestSent, this, [this] { m_silence.start(m_limits.stall); });
    connect(m_reply, &QNetworkReply::readyRead, this, [this] { guarded(&Download::receive); });
    connect(
        m_reply, &QNetworkReply::finished, this, [this] { guarded(&Download::onReplyFinished); });
    m_silence.start(m_limits.connect);
}

bool Download::accept()
{
    const bool part = statusOf(*m_reply) == 206;
    m_declared = totalSize(*m_reply);
    if (m_declared && !m_request.expected.sizeFits(*m_declared)) {
        tryNext(QStringLiteral("%1 has another file there, of %2 bytes in place of %3")
                    .arg(url().host())
                    .arg(*m_declared)
                    .arg(m_request.expected.size));
        return false;
    }
    const auto range = parseContentRange(m_reply->rawHeader("Content-Range"));
    if (part && (!range || range->first != m_part->size())) {
        // Not the range that was asked for: all of it, then.
        const bool askedForAll = m_part->size() == 0;
        m_part->restart();
        if (askedForAll)
            tryNext(QStringLiteral("%1 sent a part that wasn't asked for").arg(url().host()));
        else
            send();
        return false;
    }
    if (!part && m_part->size() > 0)
        m_part->restart(); // the server knows no ranges, or has another file since
    m_part->setValidator({url(), strongTag(*m_reply), m_reply->rawHeader("Last-Modified")});
    m_total = m_declared.value_or(m_request.expected.size);
    m_accepted = true;
    return true;
}

void Download::receive()
{
    const int status = statusOf(*m_reply);
    if (status != 200 && status != 206)
        return; // a page that says why not; onReplyFinished() tells
    m_silence.start(m_limits.stall);
    if (!m_accepted && !accept())
        return;
    const QByteArray bytes = m_reply->readAll();
    if (bytes.isEmpty())
        return;
    if (m_part->size() + bytes.size() > m_request.expected.largest()) {
        m_part->restart();
        tryNext(QStringLiteral("%1 sends more than the %2 bytes of the file")
                    .arg(url().host())
                    .arg(m_request.expected.size));
        return;
    }
    m_part->append(bytes);
    if (m_part->size() > m_farthest) {
        m_farthest = m_part->size();
        m_retries = 0;
    }
    report();
}

void Download::onReplyFinished()
{
    // Taking the last bytes can itself have ended this reply.
    QNetworkReply* const reply = m_reply;
    receive();
    if (m_finished || m_reply != reply)
        return;
    m_silence.stop();
    const int status = statusOf(*m_reply);
    if (status == 416 && m_part->size() > 0)
        answeredBeyondEnd();
    else if (m_reply->error() == QNetworkReply::NoError && !m_accepted)
        tryNext(QStringLiteral("%1 answered %2, which is no file").arg(url().host()).arg(status));
    else if (
        m_reply->error() == QNetworkReply::NoError && m_part->size() >= m_declared.value_or(0) &&
        m_request.expected.sizeFits(m_part->size()))
        verify();
    else if (m_reply->error() == QNetworkReply::NoError)
        cut(QStringLiteral("%1 stopped after %2 of %3")
                .arg(url().host(), inWords(m_part->size()), inWords(m_total)));
    else if (wasCut(*m_reply))
        cut(QStringLiteral("the connection to %1 broke after %2 of %3 (%4)")
                .arg(
                    url().host(), inWords(m_part->size()), inWords(m_total),
                    m_reply->errorString()));
    else
        tryNext(failure(*m_reply, url()));
}

/// What is there may be all of it, where the size was only known roughly.
void Download::answeredBeyondEnd()
{
    const auto range = parseContentRange(m_reply->rawHeader("Content-Range"));
    if (range && range->total == m_part->size() && m_request.expected.sizeFits(m_part->size())) {
        verify();
        return;
    }
    m_part->restart();
    send();
}

void Download::onSilence()
{
    const bool begun = m_accepted;
    dropReply();
    const QString reason = begun ? QStringLiteral("%1 sent nothing more for %2 seconds")
                                 : QStringLiteral("%1 doesn't answer (%2 seconds)");
    const int waited = begun ? m_limits.stall : m_limits.connect;
    const QString sentence = reason.arg(url().host()).arg((waited + 999) / 1000);
    if (begun)
        cut(sentence);
    else
        tryNext(sentence);
}

void Download::cut(const QString& reason)
{
    dropReply();
    if (m_retries >= m_limits.retries) {
        tryNext(reason);
        return;
    }
    ++m_retries;
    m_again.start(m_limits.pause * m_retries);
}

void Download::verify()
{
    dropReply();
    const QByteArray hash = m_part->sha256();
    if (m_request.expected.hashFits(hash)) {
        m_part->commit();
        m_done = m_total = m_part->size();
        Q_EMIT progress(m_done, m_total);
        finish(Outcome::Done, {});
        return;
    }
    m_part->restart();
    tryNext(QStringLiteral("what %1 sent is not the file that was expected, so it was removed: its "
                           "SHA-256 is %2 and should be %3")
                .arg(
                    url().host(), QString::fromLatin1(hash.left(m_request.expected.sha256.size())),
                    QString::fromLatin1(m_request.expected.sha256)));
}

void Download::tryNext(const QString& reason)
{
    dropReply();
    if (m_firstReason.isEmpty())
        m_firstReason = reason;
    m_retries = 0;
    if (m_address + 1 >= m_request.urls.size()) {
        fail(m_firstReason);
        return;
    }
    ++m_address;
    ask();
}

void Download::fail(const QString& reason)
{
    const bool kept = m_part && m_part->size() > 0;
    const QString again = kept ? QStringLiteral("try again, which goes on from what is there,")
                               : QStringLiteral("try again,");
    finish(
        Outcome::Failed,
        cannotBeFetched(QStringLiteral("%1; %2 or download %3 by other means and open it with "
                                       "--weights FILE")
                            .arg(reason, again, m_request.urls.front().toString())));
}

QString Download::cannotBeFetched(const QString& reason) const
{
    return QStringLiteral("%1 can't be fetched: %2")
        .arg(QFileInfo(m_request.path).fileName(), reason);
}

void Download::finish(Outcome outcome, const QString& sentence)
{
    if (std::exchange(m_finished, true))
        return;
    dropReply();
    m_again.stop();
    if (m_part && m_part->size() == 0)
        m_part->discard();
    m_part.reset(); // and with it the lock
    Q_EMIT finished(outcome, sentence);
}

void Download::dropReply()
{
    m_silence.stop();
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

void Download::report()
{
    m_done = m_part->size();
    Q_EMIT progress(m_done, m_total);
}

} // namespace inceptoscope
