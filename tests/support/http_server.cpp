#include "support/http_server.h"

#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

namespace inceptoscope {

namespace {

/// "GET /path HTTP/1.1" and its header lines.
HttpRequest parse(const QByteArray& head)
{
    QList<QByteArray> lines = head.split('\n');
    HttpRequest request{.path = lines.takeFirst().split(' ').value(1), .headers = {}};
    for (const QByteArray& line : lines) {
        const auto colon = line.indexOf(':');
        if (colon > 0)
            request.headers[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
    }
    return request;
}

std::unique_ptr<QTcpServer> tlsServer(const QSslConfiguration& configuration)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

} // namespace

HttpResponse
fileResponse(const HttpRequest& request, const QByteArray& content, const QByteArray& etag)
{
    HttpResponse response{.headers = {{"Accept-Ranges", "bytes"}}, .body = content};
    if (!etag.isEmpty())
        response.headers.append({"ETag", etag});
    const QByteArray range = request.headers.value("range");
    const bool same = !request.headers.contains("if-range") || request.headers["if-range"] == etag;
    if (!range.startsWith("bytes=") || !same)
        return response;
    const qint64 first = range.mid(6).chopped(1).toLongLong();
    const QByteArray total = QByteArray::number(content.size());
    if (first >= content.size()) {
        response.status = 416;
        response.body.clear();
        response.headers.append({"Content-Range", "bytes */" + total});
        return response;
    }
    response.status = 206;
    response.body = content.mid(first);
    response.headers.append(
        {"Content-Range", "bytes " + QByteArray::number(first) + "-" +
                              QByteArray::number(content.size() - 1) + "/" + total});
    return response;
}

HttpServer::HttpServer()
    : HttpServer(std::make_unique<QTcpServer>(), QStringLiteral("http"))
{
}

HttpServer::HttpServer(const QSslConfiguration& configuration)
    : HttpServer(tlsServer(configuration), QStringLiteral("https"))
{
}

HttpServer::HttpServer(std::unique_ptr<QTcpServer> server, const QString& scheme)
    : m_server(server.release())
    , m_scheme(scheme)
{
    m_server->listen(QHostAddress::LocalHost);
    m_port = m_server->serverPort();
    m_server->moveToThread(&m_thread);
    QObject::connect(m_server, &QTcpServer::pendingConnectionAvailable, m_server, [this] {
        while (QTcpSocket* socket = m_server->nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            const auto got = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, got] {
                take(*socket, *got);
            });
            take(*socket, *got);
        }
    });
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_thread.start();
}

void HttpServer::take(QTcpSocket& socket, QByteArray& got)
{
    got += socket.readAll();
    const auto end = got.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const HttpRequest request = parse(got.left(end));
    got.clear();
    answer(socket, request);
}

HttpServer::~HttpServer()
{
    m_thread.quit();
    m_thread.wait();
}

void HttpServer::setHandler(Handler handler)
{
    const QMutexLocker lock(&m_mutex);
    m_handler = std::move(handler);
    m_requests.clear();
}

QUrl HttpServer::url(const QString& path) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(m_scheme).arg(m_port).arg(path));
}

QList<HttpRequest> HttpServer::takeRequests()
{
    const QMutexLocker lock(&m_mutex);
    return std::exchange(m_requests, {});
}

void HttpServer::answer(QTcpSocket& socket, const HttpRequest& request)
{
    Handler handler;
    {
        const QMutexLocker lock(&m_mutex);
        m_requests.append(request);
        handler = m_handler;
    }
    const HttpResponse response = handler(request);
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + " Status\r\n";
    if (response.length)
        head += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    for (const auto& [name, value] : response.headers)
        head += name + ": " + value + "\r\n";
    socket.write(head + "Connection: close\r\n\r\n");
    const QByteArray body =
        response.cutAfter < 0 ? response.body : response.body.left(response.cutAfter);
    if (response.drip > 0) {
        auto* timer = new QTimer(&socket);
        QObject::connect(
            timer, &QTimer::timeout, &socket,
            [&socket, body, step = response.drip, sent = qint64(0)]() mutable {
                socket.write(body.mid(sent, step));
                sent += step;
            });
        timer->start(50);
        return;
    }
    socket.write(body);
    socket.flush();
    if (!response.hang)
        socket.disconnectFromHost();
}

} // namespace inceptoscope
