#include "models/save/show_in_folder.h"

#include "file_name.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDesktopServices>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace inceptoscope {

namespace {

constexpr int answerMilliseconds = 3000;

/// Without one, connecting would start a bus of its own, or wait for one.
bool hasSessionBus()
{
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS");
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus"));
}

/// Waits for the file manager, which may have to start: not for the window's thread.
bool askFileManager(const QByteArray& url)
{
    if (!hasSessionBus())
        return false;
    const QString name = QStringLiteral("inceptoscope-files");
    bool shown = false;
    {
        const QDBusConnection bus =
            QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
        if (bus.isConnected()) {
            QDBusMessage call = QDBusMessage::createMethodCall(
                QStringLiteral("org.freedesktop.FileManager1"),
                QStringLiteral("/org/freedesktop/FileManager1"),
                QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
            call << QStringList{QString::fromLatin1(url)} << QString();
            shown = bus.call(call, QDBus::Block, answerMilliseconds).type() ==
                    QDBusMessage::ReplyMessage;
        }
    }
    QDBusConnection::disconnectFromBus(name);
    return shown;
}

} // namespace

void showInFolder(
    const QString& path, QObject* context, const std::function<void(const QString&)>& problem)
{
    auto* watcher = new QFutureWatcher<bool>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [=] {
        watcher->deleteLater();
        const QString folder = QFileInfo(path).absolutePath();
        if (watcher->result() || QDesktopServices::openUrl(fileUrl(folder)))
            return;
        problem(QCoreApplication::translate(
                    "Saving", "No file manager could be started. The file is in %1.")
                    .arg(folder));
    });
    watcher->setFuture(QtConcurrent::run(askFileManager, fileUrl(path).toEncoded()));
}

} // namespace inceptoscope
