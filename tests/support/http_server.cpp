#include "support/http_server.h"

#include <QTcpServer>
#include <QTcpSocket>

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
    : m_server(new QTcpServer)
{
    m_server->listen(QHostAddress::LocalHost);
    m_port = m_server->serverPort();
    m_server->moveToThread(&m_thread);
    QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] {
        while (QTcpSocket* socket = m_server->nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(
                socket, &QTcpSocket::readyRead, socket,
                [this, socket, got = QByteArray()]() mutable {
                    got += socket->readAll();
                    const auto end = got.indexOf("\r\n\r\n");
                    if (end < 0)
                        return;
                    const HttpRequest request = parse(got.left(end));
                    got.clear();
                    answer(*socket, request);
                });
        }
    });
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_thread.start();
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
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path));
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
    socket.write(response.cutAfter < 0 ? response.body : response.body.left(response.cutAfter));
    socket.flush();
    if (!response.hang)
        socket.disconnectFromHost();
}

} // namespace inceptoscope
