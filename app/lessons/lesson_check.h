#pragma once

#include "lessons/lesson.h"
#include "lessons/terms.h"

namespace inceptoscope {

/// What a lesson names that isn't there: modules, branches and ops of each page's network, terms,
/// figures. Pages follow each other: what one leaves open is as the one before has it.
[[nodiscard]] QList<LessonProblem>
checkLesson(const Lesson& lesson, const LessonTerms& terms, const QString& file);

/// The whole state of the window on a page: what it and those before it say.
[[nodiscard]] Address stageOf(const Lesson& lesson, qsizetype page);

} // namespace inceptoscope
