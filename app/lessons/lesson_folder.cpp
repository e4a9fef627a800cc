#include "lessons/lesson_folder.h"

#include "address/pictures.h"
#include "error.h"
#include "file_name.h"
#include "lessons/lesson_check.h"
#include "lessons/lesson_reader.h"
#include "shown_text.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace inceptoscope {

namespace {

/// Files have names of bytes, which Qt's functions lose; resources are Qt's own.
QByteArray bytesOf(const QString& path)
{
    if (path.startsWith(u':')) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::ifstream file(fileBytes(path), std::ios::binary);
    if (!file)
        throw Error(ErrorKind::Io, "lessons: " + shown(fileBytes(path)) + " can't be read");
    std::string bytes(size_t(longestLesson) + 1, '\0');
    file.read(bytes.data(), std::streamsize(bytes.size()));
    return QByteArray(bytes.data(), file.gcount());
}

QStringList filesIn(const QString& folder)
{
    QStringList files;
    if (folder.startsWith(u':')) {
        for (const QString& name : QDir(folder).entryList(QDir::Files))
            files << folder + u'/' + name;
    } else {
        const std::filesystem::path path(fileBytes(folder));
        std::error_code failure;
        for (std::filesystem::directory_iterator it(path, failure), end; !failure && it != end;
             it.increment(failure))
            if (it->is_regular_file(failure))
                files << fileText(it->path().string());
        if (failure)
            throw Error(
                ErrorKind::Io, "lessons: " + shown(fileBytes(folder)) + ": " + failure.message());
    }
    files.sort();
    return files;
}

/// A picture that lies beside the lesson is named by its file alone.
void findPictures(Lesson& lesson, const QString& folder)
{
    if (folder.startsWith(u':'))
        return;
    const auto find = [&](QString& picture) {
        std::error_code failure;
        const std::filesystem::path path =
            std::filesystem::absolute(fileBytes(folder), failure) / fileBytes(picture);
        if (!picture.isEmpty() && !bundledPictures().contains(picture) &&
            std::filesystem::is_regular_file(path, failure))
            picture = fileText(path.string());
    };
    for (LessonPage& page : lesson.pages) {
        find(page.stage.picture);
        if (page.task)
            find(page.task->until.picture);
    }
}

int chapterOf(const Lesson& lesson)
{
    const QList<LessonChapter>& chapters = lessonChapters();
    const auto it = std::find_if(chapters.begin(), chapters.end(), [&](const LessonChapter& c) {
        return c.id == lesson.chapter;
    });
    return int(it - chapters.begin());
}

} // namespace

LessonFolder loadLessons(const QString& folder)
{
    LessonFolder set;
    const QString bundledTerms = QLatin1String(bundledLessons) + QStringLiteral("/terms.yaml");
    set.terms = readTerms(bytesOf(bundledTerms), bundledTerms, set.problems);
    const QStringList files = filesIn(folder);
    QStringList lessons;
    for (const QString& file : files) {
        const QString name = shownFileName(file);
        if (name == QLatin1String("terms.yaml") && file != bundledTerms)
            set.terms.insert(readTerms(bytesOf(file), file, set.problems));
        if (name.endsWith(QLatin1String(".md")) && name != QLatin1String("README.md"))
            lessons << file;
    }
    if (lessons.isEmpty())
        throw Error(
            ErrorKind::Io,
            "lessons: " + shown(fileBytes(folder)) + " holds no lesson: no file there ends in .md");
    for (const QString& file : lessons) {
        LessonRead read = readLesson(bytesOf(file), file);
        findPictures(read.lesson, folder);
        if (read.problems.isEmpty())
            read.problems = checkLesson(read.lesson, set.terms, file);
        if (read.problems.isEmpty())
            set.lessons << read.lesson;
        set.problems << read.problems;
    }
    std::stable_sort(set.lessons.begin(), set.lessons.end(), [](const Lesson& a, const Lesson& b) {
        return chapterOf(a) < chapterOf(b);
    });
    return set;
}

} // namespace inceptoscope
