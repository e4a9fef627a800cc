#include "models/channel/trace.h"

#include <QFile>
#include <QSet>

#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace inceptoscope {

namespace {

/// Milliseconds since boot at which this process started: field 22 of proc(5)'s stat.
double startMilliseconds()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return fields.value(19).toDouble() * 1e3 / double(sysconf(_SC_CLK_TCK));
}

} // namespace

void trace(const QString& what)
{
    static const bool on = qEnvironmentVariableIsSet("INCEPTOSCOPE_TRACE");
    static QSet<QString> reached;
    if (!on || reached.contains(what))
        return;
    reached.insert(what);
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double since = double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6 - startMilliseconds();
    const double used = double(std::clock()) * 1e3 / CLOCKS_PER_SEC;
    const QString line = QStringLiteral("inceptoscope: trace: %1 ms (processor %2 ms)  %3\n")
                             .arg(since, 6, 'f', 0)
                             .arg(used, 0, 'f', 0)
                             .arg(what);
    std::fputs(qPrintable(line), stderr);
}

} // namespace inceptoscope
