#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QMutex>
#include <QThread>
#include <QUrl>

#include <functional>
#include <memory>

class QSslConfiguration;
class QTcpServer;
class QTcpSocket;

namespace inceptoscope {

struct HttpRequest
{
    QByteArray path;
    QMap<QByteArray, QByteArray> headers; ///< names in lower case
};

struct HttpResponse
{
    int status = 200;
    QList<QPair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};
    bool length = true;   ///< says how long it is
    qint64 cutAfter = -1; ///< bytes of the body after which the connection closes; negative: never
    qint64 drip = 0;      ///< bytes of the body every 50 ms in place of all at once; 0: at once
    bool hang = false;    ///< sends nothing more after that, and keeps the connection open
};

/// A file as a good server gives it: ranges, and If-Range against `etag` (empty: none).
[[nodiscard]] HttpResponse
fileResponse(const HttpRequest& request, const QByteArray& content, const QByteArray& etag = {});

/// An HTTP/1.1 server on this computer with a thread of its own, so that it also answers while a
/// test waits for a program.
class HttpServer
{
public:
    using Handler = std::function<HttpResponse(const HttpRequest&)>;

    HttpServer();
    /// Speaks TLS, with the configuration's certificate and key.
    explicit HttpServer(const QSslConfiguration& configuration);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    void setHandler(Handler handler);
    [[nodiscard]] QUrl url(const QString& path) const; ///< "/file"
    /// All requests since the last call.
    [[nodiscard]] QList<HttpRequest> takeRequests();

private:
    HttpServer(std::unique_ptr<QTcpServer> server, const QString& scheme);
    void take(QTcpSocket& socket, QByteArray& got);
    void answer(QTcpSocket& socket, const HttpRequest& request);

    QThread m_thread;
    QTcpServer* m_server;
    QString m_scheme;
    quint16 m_port = 0;
    QMutex m_mutex;
    Handler m_handler;
    QList<HttpRequest> m_requests;
};

} // namespace inceptoscope
