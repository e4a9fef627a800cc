#include "models/save/file_names.h"

#include "file_name.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace inceptoscope {

namespace {

/// Of most file systems, in bytes.
constexpr size_t longestName = 255;

QString inSaving(const char* text)
{
    return QCoreApplication::translate("Saving", text);
}

QString folderObjection(const QString& folder)
{
    const QFileInfo info(folder);
    if (folder.isEmpty())
        return inSaving("Choose a folder.");
    if (!info.exists())
        return inSaving("The folder %1 doesn't exist.").arg(folder);
    if (!info.isDir())
        return inSaving("%1 is not a folder.").arg(folder);
    return info.isWritable()
               ? QString()
               : inSaving("Nothing can be saved in %1: it is read-only for you.").arg(folder);
}

} // namespace

QString nameFromTitle(const QString& title)
{
    QString name;
    for (const QChar letter : title) {
        if (letter.isLetterOrNumber() || letter == u'_' || letter == u'.')
            name += letter;
        else if (letter == QChar(0xD7)) // the multiplication sign
            name += u'x';
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    while (name.endsWith(u'-') || name.endsWith(u'.'))
        name.chop(1);
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    constexpr qsizetype enough = 80;
    return name.left(enough);
}

QString withSuffix(const QString& name, const QString& suffix)
{
    const QString trimmed = name.trimmed();
    const QString end = u'.' + suffix;
    return trimmed.isEmpty() || trimmed.endsWith(end, Qt::CaseInsensitive) ? trimmed
                                                                           : trimmed + end;
}

QString nameObjection(const QString& folder, const QString& name)
{
    const QString stem = name.section(u'.', 0, -2);
    if (name.isEmpty() || stem.isEmpty())
        return inSaving("Give the file a name.");
    if (name.contains(u'/') || name.contains(QChar(u'\0')))
        return inSaving("A file's name can't hold \"/\": choose its folder below.");
    if (const size_t bytes = fileBytes(name).size(); bytes > longestName)
        return inSaving("The name is too long: it has %1 bytes, %2 fit.")
            .arg(bytes)
            .arg(longestName);
    if (QString objection = folderObjection(folder); !objection.isEmpty())
        return objection;
    const QFileInfo file(QDir(folder).filePath(name));
    if (file.isDir())
        return inSaving("%1 is a folder: choose another name.").arg(name);
    if (file.exists() && !file.isFile())
        return inSaving("%1 is no ordinary file: choose another name.").arg(name);
    if (file.exists() && !file.isWritable())
        return inSaving("%1 is there and read-only: choose another name.").arg(name);
    return {};
}

} // namespace inceptoscope
