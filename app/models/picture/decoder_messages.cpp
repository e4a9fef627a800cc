#include "models/picture/decoder_messages.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <sys/mman.h>
#include <tiffio.h>
#include <unistd.h>

namespace inceptoscope {

namespace {

thread_local DecoderMessages* listening = nullptr;
QtMessageHandler othersHandler = nullptr;

void takeQtMessage(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (listening != nullptr)
        listening->add(text);
    else if (othersHandler != nullptr)
        othersHandler(type, context, text);
}

void takeTiffMessage(const char* /*module*/, const char* format, va_list arguments)
{
    char text[512];
    if (listening != nullptr && std::vsnprintf(text, sizeof text, format, arguments) > 0)
        listening->add(QString::fromLocal8Bit(text));
}

void ignoreTiffMessage(const char* /*module*/, const char* /*format*/, va_list /*arguments*/) {}

/// Standard error, while it leads into memory. Threads that decode at the same time share it.
struct CaughtError
{
    std::mutex mutex;
    int users = 0;
    int real = -1;
    int memory = -1;

    void begin()
    {
        std::fflush(stderr);
        real = dup(STDERR_FILENO);
        memory = memfd_create("decoder", MFD_CLOEXEC);
        if (real >= 0 && memory >= 0)
            dup2(memory, STDERR_FILENO);
    }
    void end()
    {
        std::fflush(stderr);
        if (real >= 0 && memory >= 0) {
            dup2(real, STDERR_FILENO);
            handOn();
        }
        for (int* file : {&real, &memory}) {
            if (*file >= 0)
                close(*file);
            *file = -1;
        }
    }

private:
    void handOn() const
    {
        QByteArray text(qsizetype(lseek(memory, 0, SEEK_END)), '\0');
        text.resize(std::max<qsizetype>(0, pread(memory, text.data(), size_t(text.size()), 0)));
        if (text.isEmpty())
            return;
        const bool ends = text.endsWith('\n');
        QList<QByteArray> lines = text.split('\n');
        if (ends)
            lines.removeLast();
        for (const QByteArray& line : std::as_const(lines))
            if (!line.startsWith("libpng "))
                std::fprintf(stderr, "%s\n", line.constData());
    }
};

CaughtError& caughtError()
{
    static CaughtError caught;
    return caught;
}

} // namespace

DecoderMessages::DecoderMessages()
    : m_outer(std::exchange(listening, this))
{
    static std::once_flag once;
    std::call_once(once, [] {
        othersHandler = qInstallMessageHandler(takeQtMessage);
        TIFFSetErrorHandler(takeTiffMessage);
        TIFFSetWarningHandler(ignoreTiffMessage);
    });
}

DecoderMessages::~DecoderMessages()
{
    listening = m_outer;
}

bool DecoderMessages::mention(const QString& words) const
{
    return std::any_of(m_lines.begin(), m_lines.end(), [&](const QString& line) {
        return line.contains(words, Qt::CaseInsensitive);
    });
}

QuietLibpng::QuietLibpng()
{
    CaughtError& caught = caughtError();
    const std::scoped_lock lock(caught.mutex);
    if (caught.users++ == 0)
        caught.begin();
}

QuietLibpng::~QuietLibpng()
{
    CaughtError& caught = caughtError();
    const std::scoped_lock lock(caught.mutex);
    if (--caught.users == 0)
        caught.end();
}

} // namespace inceptoscope
