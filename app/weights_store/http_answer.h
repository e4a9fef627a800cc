#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

class QNetworkReply;

namespace inceptoscope {

/// "Content-Range: bytes 100-199/200", or "bytes */200" where the range that was asked for
/// lies behind the end (RFC 9110, 14.4).
struct ContentRange
{
    std::optional<qint64> first;
    std::optional<qint64> total;
};
/// Nothing where the header isn't of that form.
[[nodiscard]] std::optional<ContentRange> parseContentRange(const QByteArray& header);

/// The answer's HTTP status; 0 where there was none.
[[nodiscard]] int statusOf(const QNetworkReply& reply);

/// Statuses that name another address (RFC 9110, 15.4).
[[nodiscard]] bool isRedirect(int status);

/// The bytes that the whole file has by the answer's headers; nothing where they don't say.
[[nodiscard]] std::optional<qint64> totalSize(const QNetworkReply& reply);

/// A strong ETag; a weak one (W/"...") says nothing about bytes.
[[nodiscard]] QByteArray strongTag(const QNetworkReply& reply);

/// True where only the way to the server failed, and might work again in a moment.
[[nodiscard]] bool wasCut(const QNetworkReply& reply);

/// "huggingface.co can't be reached (Host not found)", or what the server answered instead.
[[nodiscard]] QString failure(const QNetworkReply& reply, const QUrl& url);

/// False where this computer has no network at all that could lead to `url`: known at once,
/// where asking would first wait for an answer.
[[nodiscard]] bool mayBeReachable(const QUrl& url);

} // namespace inceptoscope
