#include "weights_store/download.h"

#include "error.h"
#include "weights_store/http_answer.h"

#include <QFileInfo>
#include <QNetworkReply>
#include <QSslSocket>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace inceptoscope {

Download::Download(Request request, DownloadLimits limits, QObject* parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_limits(limits)
    , m_total(m_request.expected.size)
{
    Q_ASSERT(!m_request.urls.isEmpty());
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] { guarded([this] { send(); }); });
}

Download::~Download()
{
    dropTransfer();
}

void Download::start()
{
    QMetaObject::invokeMethod(
        this, [this] { guarded([this] { begin(); }); }, Qt::QueuedConnection);
}

void Download::cancel()
{
    finish(Outcome::Cancelled, {});
}

void Download::guarded(const std::function<void()>& step)
{
    if (m_finished)
        return;
    try {
        step();
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
            this, [this] { guarded([this] { hashPart(); }); }, Qt::QueuedConnection);
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
    dropTransfer();
    m_accepted = false;
    m_declared.reset();
    // Bytes of another address say nothing about this one's.
    if (m_part->size() > 0 && m_part->validator().url != url() &&
        !m_part->validator().url.isEmpty())
        m_part->restart();
    m_transfer = new Transfer(m_network, url(), headers(), m_limits);
    connect(m_transfer, &Transfer::answered, this, [this] { guarded([this] { onAnswered(); }); });
    connect(m_transfer, &Transfer::received, this, [this] { guarded([this] { receive(); }); });
    connect(m_transfer, &Transfer::finished, this, [this] { guarded([this] { onEnd(); }); });
    connect(m_transfer, &Transfer::broke, this, [this](const QString& why) {
        guarded([&] { cut(why); });
    });
    connect(m_transfer, &Transfer::gaveUp, this, [this](const QString& why) {
        guarded([&] { tryNext(why); });
    });
}

void Download::cut(const QString& reason)
{
    dropTransfer();
    if (m_retries >= m_limits.retries) {
        tryNext(reason);
        return;
    }
    ++m_retries;
    m_again.start(m_limits.pause * m_retries);
}

void Download::verify()
{
    dropTransfer();
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
    dropTransfer();
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
    dropTransfer();
    m_again.stop();
    if (m_part && m_part->size() == 0)
        m_part->discard();
    m_part.reset(); // and with it the lock
    Q_EMIT finished(outcome, sentence);
}

void Download::dropTransfer()
{
    if (m_transfer == nullptr)
        return;
    m_transfer->disconnect(this);
    m_transfer->drop();
    m_transfer->deleteLater(); // it may be the one that called
    m_transfer = nullptr;
}

void Download::report()
{
    m_done = m_part->size();
    Q_EMIT progress(m_done, m_total);
}

} // namespace inceptoscope
