// What a Download asks for and makes of the answers.
#include "weights_store/download.h"
#include "weights_store/http_answer.h"

#include <QNetworkReply>

namespace inceptoscope {

Transfer::Headers Download::headers() const
{
    Transfer::Headers headers{
        {"User-Agent", "Inceptoscope"},
        {"Accept-Encoding", "identity"}}; // sizes and ranges are the file's own
    if (m_part->size() == 0)
        return headers;
    headers.append({"Range", "bytes=" + QByteArray::number(m_part->size()) + "-"});
    const Validator& validator = m_part->validator();
    if (!validator.etag.isEmpty())
        headers.append({"If-Range", validator.etag});
    else if (!validator.lastModified.isEmpty())
        headers.append({"If-Range", validator.lastModified});
    return headers;
}

void Download::onAnswered()
{
    const QNetworkReply& reply = m_transfer->reply();
    const int status = statusOf(reply);
    if (status == 200 || status == 206)
        accept();
    else if (status == 416 && m_part->size() > 0)
        answeredBeyondEnd();
    else if (status == 503) // for now
        cut(failure(reply, url()));
    else if (status >= 400)
        tryNext(failure(reply, url()));
    else
        tryNext(QStringLiteral("%1 answered %2, which is no file").arg(url().host()).arg(status));
}

/// Whether the answer's headers are those of the file; otherwise something else is begun.
void Download::accept()
{
    const QNetworkReply& reply = m_transfer->reply();
    const bool part = statusOf(reply) == 206;
    m_declared = totalSize(reply);
    if (m_declared && !m_request.expected.sizeFits(*m_declared)) {
        tryNext(QStringLiteral("%1 has another file there, of %2 bytes in place of %3")
                    .arg(url().host())
                    .arg(*m_declared)
                    .arg(m_request.expected.size));
        return;
    }
    const auto range = parseContentRange(reply.rawHeader("Content-Range"));
    if (part && (!range || range->first != m_part->size())) {
        // Not the range that was asked for: all of it, then.
        const bool askedForAll = m_part->size() == 0;
        m_part->restart();
        if (askedForAll)
            tryNext(QStringLiteral("%1 sent a part that wasn't asked for").arg(url().host()));
        else
            send();
        return;
    }
    if (!part && m_part->size() > 0)
        m_part->restart(); // the server knows no ranges, or has another file since
    m_part->setValidator({url(), strongTag(reply), reply.rawHeader("Last-Modified")});
    m_total = m_declared.value_or(m_request.expected.size);
    m_accepted = true;
}

void Download::receive()
{
    if (!m_accepted)
        return;
    const QByteArray bytes = m_transfer->read();
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

void Download::onEnd()
{
    // Taking the last bytes can itself have ended this transfer.
    const Transfer* const transfer = m_transfer;
    receive();
    if (m_finished || m_transfer != transfer)
        return;
    const QNetworkReply& reply = m_transfer->reply();
    const bool whole = reply.error() == QNetworkReply::NoError;
    if (whole && m_part->size() >= m_declared.value_or(0) &&
        m_request.expected.sizeFits(m_part->size()))
        verify();
    else if (whole)
        cut(QStringLiteral("%1 stopped after %2 of %3")
                .arg(url().host(), inWords(m_part->size()), inWords(m_total)));
    else if (wasCut(reply))
        cut(QStringLiteral("the connection to %1 broke after %2 of %3 (%4)")
                .arg(url().host(), inWords(m_part->size()), inWords(m_total), reply.errorString()));
    else
        tryNext(failure(reply, url()));
}

/// What is there may be all of it, where the size was only known roughly.
void Download::answeredBeyondEnd()
{
    const auto range = parseContentRange(m_transfer->reply().rawHeader("Content-Range"));
    if (range && range->total == m_part->size() && m_request.expected.sizeFits(m_part->size())) {
        verify();
        return;
    }
    m_part->restart();
    send();
}

} // namespace inceptoscope
