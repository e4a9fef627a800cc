#pragma once

#include <QList>
#include <QString>

#include <functional>

namespace inceptoscope {

/// A number that a text leaves to the graph or the run: "{macs inception3a/branch2}", or how many
/// times one is another: "{macs inception3a/branch2 : inception3a/branch3}".
struct LessonFigure
{
    QString quantity;
    QString part;
    QString other; ///< empty where there is no ratio
};

[[nodiscard]] QList<LessonFigure> figuresIn(const QString& text);
/// The text with what `tell` says in the place of each figure.
[[nodiscard]] QString
withFigures(const QString& text, const std::function<QString(const LessonFigure&)>& tell);

} // namespace inceptoscope
