#pragma once

#include "lessons/lesson.h"

#include <QByteArray>
#include <QMap>

namespace inceptoscope {

/// A word of the field: what it means, in a sentence, and where that is from.
struct LessonTerm
{
    QString title;
    QString says;
    QString source;
};

/// By what stands behind "term:" in a link.
using LessonTerms = QMap<QString, LessonTerm>;

/// A terms.yaml: each key with title, says and source. What is wrong is added to `problems`.
[[nodiscard]] LessonTerms
readTerms(const QByteArray& yaml, const QString& file, QList<LessonProblem>& problems);

} // namespace inceptoscope
