#include "cli/report_folder.h"

#include "error.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>

namespace inceptoscope {

namespace {

constexpr auto marker = "report.json";

[[noreturn]] void cannotWrite(const QString& path, const QString& why)
{
    throw Error(
        ErrorKind::Io, "-o: " + path.toStdString() + " can't be written" +
                           (why.isEmpty() ? std::string() : ": " + why.toStdString()));
}

QString absolute(const std::string& folder)
{
    return QDir::cleanPath(QFileInfo(QString::fromStdString(folder)).absoluteFilePath());
}

bool isEmptyFolder(const QString& path)
{
    return QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

void requireReportFolder(const std::string& folder)
{
    if (folder.empty())
        throw Error(ErrorKind::Usage, "-o: the name of a folder was expected, not \"\"");
    const QString path = absolute(folder);
    const QFileInfo info(path);
    if (info.exists() && !info.isDir())
        throw Error(ErrorKind::Usage, "-o: " + folder + " is a file; a folder was expected");
    if (info.isDir() && !isEmptyFolder(path) && !QFileInfo::exists(path + u'/' + marker))
        throw Error(
            ErrorKind::Usage,
            "-o: " + folder +
                " holds other things than a report; choose a folder that is new or "
                "empty");
    const QString parent = info.absolutePath();
    if (!QDir().mkpath(parent))
        cannotWrite(parent, "its folder can't be made");
    const QTemporaryDir probe(path + QStringLiteral(".partial-XXXXXX"));
    if (!probe.isValid())
        cannotWrite(path, probe.errorString());
}

void writeReportFolder(const std::string& folder, const std::map<QString, QByteArray>& files)
{
    const QString path = absolute(folder);
    QTemporaryDir partial(path + QStringLiteral(".partial-XXXXXX"));
    if (!partial.isValid())
        cannotWrite(path, partial.errorString());
    for (const auto& [name, content] : files) {
        QSaveFile file(partial.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() ||
            !file.commit())
            cannotWrite(path + u'/' + name, file.errorString());
    }
    // As a folder that was made by hand, not for its owner alone.
    QFile::setPermissions(
        partial.path(), QFile::permissions(partial.path()) | QFile::ReadGroup | QFile::ExeGroup |
                            QFile::ReadOther | QFile::ExeOther);
    QTemporaryDir old(path + QStringLiteral(".old-XXXXXX"));
    const bool replaced = QFileInfo::exists(path);
    if (replaced && !QDir().rename(path, old.filePath(QStringLiteral("report"))))
        cannotWrite(path, "the earlier report can't be replaced");
    if (!QDir().rename(partial.path(), path)) {
        if (replaced)
            QDir().rename(old.filePath(QStringLiteral("report")), path);
        cannotWrite(path, {});
    }
    partial.setAutoRemove(false);
}

} // namespace inceptoscope
