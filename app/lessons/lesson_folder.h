#pragma once

#include "lessons/lesson.h"
#include "lessons/terms.h"

namespace inceptoscope {

/// The lessons that come with the program.
inline constexpr auto bundledLessons = ":/lessons";

struct LessonFolder
{
    QList<Lesson> lessons; ///< by chapter, then by the files' names; only those without a problem
    LessonTerms terms;     ///< the bundled ones, and the folder's own
    QList<LessonProblem> problems;
};

/// Reads and checks every .md file of a folder, README.md left out, and its terms.yaml where there
/// is one. `folder` as fileText() has it. Throws Error where it can't be read or holds no lesson.
[[nodiscard]] LessonFolder loadLessons(const QString& folder);

} // namespace inceptoscope
