#pragma once

#include <QByteArray>
#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <QUrl>

class QNetworkReply;

namespace inceptoscope {

/// How patient a download is. Times in milliseconds.
struct DownloadLimits
{
    int connect = 15'000; ///< until the request is on its way
    int stall = 30'000;   ///< without a single byte, and for all of an answer's headers
    int retries = 3;      ///< in a row, of a connection that was cut, without getting further
    int pause = 1'000;    ///< before the first of them; the others wait longer
    int window = 30'000;  ///< over which the rate is watched
    int slowest = 1'000;  ///< bytes a second, below which it isn't worth waiting
};

/// "1.2 MB", for sentences.
[[nodiscard]] QString inWords(qint64 bytes);

/// One GET over HTTP(S), with the redirects that it leads to: followed by hand, so that each is
/// looked at, and https is never left. Watches that the server answers, goes on, is fast enough
/// and doesn't send headers without end.
class Transfer : public QObject
{
    Q_OBJECT

public:
    using Headers = QList<QPair<QByteArray, QByteArray>>;

    Transfer(
        QNetworkAccessManager& network, const QUrl& url, Headers headers,
        const DownloadLimits& limits);
    ~Transfer() override;

    /// The present answer.
    [[nodiscard]] const QNetworkReply& reply() const { return *m_reply; }
    /// Ends it without a word.
    void drop();
    /// What came since; of an answer 200 or 206.
    [[nodiscard]] QByteArray read();

Q_SIGNALS:
    void answered();                ///< the headers are there, of an answer that isn't a redirect
    void received();                ///< bytes can be read
    void finished();                ///< no more will come; reply() knows why
    void broke(const QString& why); ///< it had begun to send; trying again can help
    void gaveUp(const QString& why);

private:
    void send();
    void onHeaders();
    void onFinished();
    void onSilence();
    void onWindowEnd();
    void redirect();
    /// Ends the transfer with this sentence.
    void refuse(const QString& why);

    QNetworkAccessManager& m_network;
    QUrl m_url;
    Headers m_headers;
    DownloadLimits m_limits;
    QNetworkReply* m_reply = nullptr;
    QTimer m_silence;
    QTimer m_window;
    int m_redirects = 0;
    bool m_sent = false;     ///< the request is on its way
    bool m_answered = false; ///< headers are there
    qint64 m_received = 0;   ///< bytes in this window
};

} // namespace inceptoscope
