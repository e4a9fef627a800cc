#pragma once

#include <QStringList>

namespace inceptoscope {

/// While one is there, what picture decoders say on this thread comes here instead of standard
/// error: Qt's messages, libtiff's, and what libpng writes there by itself.
class DecoderMessages
{
public:
    DecoderMessages();
    ~DecoderMessages();
    DecoderMessages(const DecoderMessages&) = delete;
    DecoderMessages& operator=(const DecoderMessages&) = delete;

    void add(const QString& line) { m_lines << line; }
    [[nodiscard]] bool mention(const QString& words) const;

private:
    QStringList m_lines;
    DecoderMessages* m_outer;
};

/// Catches what libpng writes to standard error, for as long as this is there; what others write
/// meanwhile is handed on. libpng has no handler that could be set from outside of Qt's plugin.
class QuietLibpng
{
public:
    QuietLibpng();
    ~QuietLibpng();
    QuietLibpng(const QuietLibpng&) = delete;
    QuietLibpng& operator=(const QuietLibpng&) = delete;
};

} // namespace inceptoscope
