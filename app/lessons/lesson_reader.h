#pragma once

#include "lessons/lesson.h"

#include <QByteArray>

namespace inceptoscope {

struct LessonRead
{
    Lesson lesson;
    QList<LessonProblem> problems; ///< by line; where there are any, the lesson isn't used
};

/// A file of at most this many bytes is read.
inline constexpr qsizetype longestLesson = 256 * 1024;

/// Reads a lesson: a Markdown file with YAML at its head, as resources/lessons/README.md says.
/// `file` names it in problems, and gives the lesson its id.
[[nodiscard]] LessonRead readLesson(const QByteArray& bytes, const QString& file);

} // namespace inceptoscope
