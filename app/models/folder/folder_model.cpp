#include "models/folder/folder_model.h"

#include "file_name.h"

#include <QCollator>
#include <QDir>
#include <QStandardPaths>

#include <algorithm>
#include <filesystem>

namespace inceptoscope {

QString expandedPath(const QString& path)
{
    QString result = path.trimmed();
    if (result == u'~' || result.startsWith(QLatin1String("~/")))
        result = QDir::homePath() + result.mid(1);
    if (result.size() > 1 && result.endsWith(u'/'))
        result.chop(1);
    return result;
}

QString usualFolder(const QString& kind)
{
    auto place = QStandardPaths::DocumentsLocation;
    if (kind == QLatin1String("pictures"))
        place = QStandardPaths::PicturesLocation;
    else if (kind == QLatin1String("videos"))
        place = QStandardPaths::MoviesLocation;
    const QString folder = QStandardPaths::writableLocation(place);
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

void FolderModel::setFolder(const QString& folder)
{
    const QString path = expandedPath(folder);
    if (path == m_folder)
        return;
    m_folder = path;
    lookThrough();
}

bool FolderModel::lists(const QString&) const
{
    return true;
}

void FolderModel::lookThrough()
{
    m_folders.clear();
    m_files.clear();
    m_others = 0;
    std::error_code error;
    // Qt's own lists lose names that are no UTF-8.
    std::filesystem::directory_iterator entry(fileBytes(m_folder), error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const QString name = fileText(entry->path().filename().native());
        std::error_code unknown; // such as a link to nowhere
        if (name.startsWith(u'.'))
            continue;
        if (entry->is_directory(unknown))
            m_folders << name;
        else if (entry->is_regular_file(unknown) && lists(name))
            m_files << name;
        else
            ++m_others;
    }
    // What is called "C" has no order but that of bytes.
    const QLocale locale;
    QCollator order(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
    order.setNumericMode(true);
    order.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(m_folders.begin(), m_folders.end(), order);
    std::sort(m_files.begin(), m_files.end(), order);
    Q_EMIT folderChanged();
}

QVariantList FolderModel::places() const
{
    QVariantList list;
    QStringList seen;
    const auto add = [&](const QString& title, QStandardPaths::StandardLocation location) {
        const QString path = QStandardPaths::writableLocation(location);
        if (!QFileInfo(path).isDir() || seen.contains(path))
            return;
        seen << path;
        list << QVariantMap{{"title", title}, {"path", path}};
    };
    // Where a folder isn't set up, Qt gives the home folder for it.
    add(tr("Home"), QStandardPaths::HomeLocation);
    add(tr("Pictures"), QStandardPaths::PicturesLocation);
    add(tr("Documents"), QStandardPaths::DocumentsLocation);
    add(tr("Desktop"), QStandardPaths::DesktopLocation);
    add(tr("Downloads"), QStandardPaths::DownloadLocation);
    return list;
}

void FolderModel::enter(const QString& name)
{
    setFolder(pathOf(name));
}

void FolderModel::up()
{
    setFolder(QFileInfo(m_folder).absolutePath());
}

QString FolderModel::pathOf(const QString& name) const
{
    return QDir(m_folder).filePath(name);
}

} // namespace inceptoscope
