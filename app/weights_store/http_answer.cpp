#include "weights_store/http_answer.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QRegularExpression>

#include <algorithm>

namespace inceptoscope {

namespace {

bool isThisComputer(const QString& host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

bool leadsElsewhere(const QNetworkInterface& interface)
{
    const auto flags = interface.flags();
    return flags.testFlag(QNetworkInterface::IsUp) &&
           flags.testFlag(QNetworkInterface::IsRunning) &&
           !flags.testFlag(QNetworkInterface::IsLoopBack) && !interface.addressEntries().isEmpty();
}

} // namespace

std::optional<ContentRange> parseContentRange(const QByteArray& header)
{
    static const QRegularExpression form(
        QStringLiteral("^bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(?:(\\d{1,18})|\\*)$"));
    const auto match = form.match(QString::fromLatin1(header.trimmed()));
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&](int group) {
        const QString digits = match.captured(group);
        return digits.isEmpty() ? std::optional<qint64>() : digits.toLongLong();
    };
    return ContentRange{.first = number(1), .total = number(2)};
}

int statusOf(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::optional<qint64> totalSize(const QNetworkReply& reply)
{
    if (statusOf(reply) == 206) {
        const auto range = parseContentRange(reply.rawHeader("Content-Range"));
        return range ? range->total : std::nullopt;
    }
    bool known = false;
    const qint64 size = reply.header(QNetworkRequest::ContentLengthHeader).toLongLong(&known);
    return known ? std::optional(size) : std::nullopt;
}

QByteArray strongTag(const QNetworkReply& reply)
{
    const QByteArray tag = reply.rawHeader("ETag");
    return tag.startsWith('"') ? tag : QByteArray();
}

bool wasCut(const QNetworkReply& reply)
{
    switch (reply.error()) {
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::ProxyConnectionClosedError:
        return true;
    default:
        // Whatever else breaks a transfer that had begun.
        return statusOf(reply) == 200 || statusOf(reply) == 206;
    }
}

QString failure(const QNetworkReply& reply, const QUrl& url)
{
    const QString host = reply.url().host().isEmpty() ? url.host() : reply.url().host();
    if (statusOf(reply) >= 400)
        return QStringLiteral("%1 answered %2 %3")
            .arg(
                host, QString::number(statusOf(reply)),
                reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString())
            .trimmed();
    return QStringLiteral("%1 can't be reached (%2)").arg(host, reply.errorString());
}

bool mayBeReachable(const QUrl& url)
{
    if (isThisComputer(url.host()))
        return true;
    const auto interfaces = QNetworkInterface::allInterfaces();
    if (std::any_of(interfaces.begin(), interfaces.end(), leadsElsewhere))
        return true;
    // A proxy on this computer can know a way that isn't an interface.
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return std::any_of(proxies.begin(), proxies.end(), [](const QNetworkProxy& proxy) {
        return proxy.type() != QNetworkProxy::NoProxy;
    });
}

} // namespace inceptoscope
