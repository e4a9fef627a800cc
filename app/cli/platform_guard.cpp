#include "cli/platform_guard.h"

#include "cli/output.h"
#include "error.h"

#include <QStringList>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

namespace inceptoscope {

namespace {

constexpr auto longestWait = std::chrono::seconds(15);
constexpr const char* commandsWork = "; the commands work without one (inceptoscope --help)";

struct Kept
{
    QtMsgType type;
    QString category;
    QString text;
};

/// Qt's handler is a plain function, and there is one application object.
struct State
{
    std::mutex mutex;
    std::string complaint;
    std::vector<Kept> kept;
};

State& state()
{
    static State one;
    return one;
}

[[noreturn]] void end(const std::string& reason)
{
    note(withReason(state().complaint, reason));
    std::fflush(nullptr);
    std::_Exit(1); // no destructors: other threads run, and Qt is half made
}

/// The first thing that went wrong is the reason; what follows from it is longer and vaguer.
std::string reasonIn(const QString& last)
{
    QString text = last;
    for (const Kept& kept : state().kept)
        // Where the desktop session keeps its sockets is nobody's reason.
        if (kept.type != QtDebugMsg && kept.type != QtInfoMsg &&
            !kept.text.startsWith(QLatin1String("QStandardPaths:"))) {
            text = kept.text;
            break;
        }
    text = text.section(u'\n', 0, 0).trimmed();
    text.remove(QStringLiteral(" in \"\"")); // no folder was named
    while (text.endsWith(u'.'))
        text.chop(1);
    return text.toStdString();
}

void keep(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    const std::lock_guard lock(state().mutex);
    if (type == QtFatalMsg)
        end(reasonIn(text));
    state().kept.push_back({type, QString::fromLatin1(context.category), text});
}

QtMessageHandler previous = nullptr;

void sayAndEnd(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type == QtFatalMsg) {
        state().complaint = "the window can't go on%1";
        end(text.section(u'\n', 0, 0).toStdString());
    }
    if (previous != nullptr)
        previous(type, context, text);
}

/// "DISPLAY=:0"; empty where it isn't set.
QString setting(const char* name)
{
    return qEnvironmentVariableIsEmpty(name)
               ? QString()
               : QLatin1String(name) + u'=' + qEnvironmentVariable(name);
}

} // namespace

PlatformGuard::PlatformGuard(std::string complaint, bool passOn)
    : m_before(nullptr)
    , m_passOn(passOn)
{
    state().complaint = std::move(complaint);
    state().kept.clear();
    m_before = qInstallMessageHandler(keep);
    try {
        m_watchdog = std::thread([this] { watch(); });
    } catch (const std::system_error&) {
        // Without threads nobody watches; whoever needs them says so.
    }
}

PlatformGuard::~PlatformGuard()
{
    {
        const std::lock_guard lock(m_mutex);
        m_made = true;
    }
    m_done.notify_all();
    if (m_watchdog.joinable())
        m_watchdog.join();
    qInstallMessageHandler(m_before);
    for (const Kept& kept : std::exchange(state().kept, {})) {
        const QByteArray category = kept.category.toLatin1();
        const QMessageLogContext context(nullptr, 0, nullptr, category.constData());
        if (m_passOn && m_before != nullptr)
            m_before(kept.type, context, kept.text);
    }
}

void PlatformGuard::giveUp(const char* reason)
{
    const std::lock_guard lock(state().mutex);
    end(reasonIn(QString::fromLatin1(reason)));
}

void PlatformGuard::watch()
{
    std::unique_lock lock(m_mutex);
    if (m_done.wait_for(lock, longestWait, [this] { return m_made; }))
        return;
    end("no answer within " + std::to_string(longestWait.count()) + " seconds");
}

std::string noDisplay()
{
    const QString platform = setting("QT_QPA_PLATFORM");
    QStringList displays{setting("WAYLAND_DISPLAY"), setting("DISPLAY")};
    displays.removeAll(QString());
    const QString at = displays.isEmpty()
                           ? QString()
                           : QStringLiteral(" at ") + displays.join(QStringLiteral(" or "));
    const QString why = platform.isEmpty() ? QStringLiteral("none answers") + at
                                           : platform + QStringLiteral(" opens none") + at;
    return "the window needs a display, and " + why.toStdString() + "%1" + commandsWork;
}

std::string withReason(std::string complaint, const std::string& reason)
{
    if (const size_t at = complaint.find("%1"); at != std::string::npos)
        complaint.replace(at, 2, reason.empty() ? "" : " (" + reason + ")");
    return complaint;
}

void requireDisplay()
{
    for (const char* name : {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"})
        if (!qEnvironmentVariableIsEmpty(name))
            return;
    throw Error(
        ErrorKind::Unsupported,
        std::string("the window needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set") +
            commandsWork);
}

void endWithASentence()
{
    if (previous == nullptr)
        previous = qInstallMessageHandler(sayAndEnd);
}

} // namespace inceptoscope
