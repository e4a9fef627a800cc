#pragma once

#include "weights_store/expected_file.h"
#include "weights_store/part_file.h"
#include "weights_store/transfer.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace inceptoscope {

/// One file over HTTP(S), on the event loop of the thread that made it. Bytes go to PATH.part
/// (part_file.h) and are hashed as they come; PATH is only ever the whole file with the expected
/// size and hash. A cut connection is tried again from where it broke, and so is a part of an
/// earlier time, as long as the server still has the same file. Where an address fails, is too slow
/// or leads to where nothing is followed (transfer.h), the next one is tried.
class Download : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QList<QUrl> urls; ///< http or https; the same bytes at each
        QString path;     ///< where the file goes; replaced if it is there
        ExpectedFile expected;
    };
    enum class Outcome
    {
        Done,
        Cancelled, ///< what came so far is kept
        Failed
    };

    explicit Download(Request request, DownloadLimits limits = {}, QObject* parent = nullptr);
    ~Download() override;

    /// Begins; everything else happens later, on the event loop.
    void start();
    void cancel();
    [[nodiscard]] qint64 done() const { return m_done; }
    [[nodiscard]] qint64 total() const { return m_total; }

Q_SIGNALS:
    void progress(qint64 done, qint64 total); ///< bytes; `total` can be a rounded size
    /// Once. `sentence`: what failed and what to do; else empty.
    void finished(inceptoscope::Download::Outcome outcome, const QString& sentence);

private:
    void begin();
    void hashPart();
    void requireSpace() const;
    void ask();
    void send();
    [[nodiscard]] Transfer::Headers headers() const;
    void onAnswered();
    void accept();
    void receive();
    void onEnd();
    void answeredBeyondEnd();
    void cut(const QString& reason);
    void verify();
    void tryNext(const QString& reason);
    /// Nothing is left to try.
    void fail(const QString& reason);
    [[nodiscard]] QString cannotBeFetched(const QString& reason) const;
    void finish(Outcome outcome, const QString& sentence);
    void dropTransfer();
    void report();
    /// Calls a step; an Error that it throws ends the download with its sentence.
    void guarded(const std::function<void()>& step);
    [[nodiscard]] QUrl url() const { return m_request.urls[m_address]; }

    Request m_request;
    DownloadLimits m_limits;
    QNetworkAccessManager m_network;
    std::unique_ptr<PartFile> m_part;
    Transfer* m_transfer = nullptr;
    QTimer m_again;
    qsizetype m_address = 0;
    QString m_firstReason; ///< why the first address failed
    bool m_accepted = false;
    bool m_finished = false;
    int m_retries = 0;
    qint64 m_farthest = 0;
    std::optional<qint64> m_declared; ///< the file's size by the server
    qint64 m_done = 0;
    qint64 m_total = 0;
};

} // namespace inceptoscope
