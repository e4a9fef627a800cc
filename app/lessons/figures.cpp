#include "lessons/figures.h"

#include <QRegularExpression>

namespace inceptoscope {

namespace {

/// {QUANTITY PART} or {QUANTITY PART : PART}
const QRegularExpression& pattern()
{
    static const QRegularExpression figure(
        QStringLiteral("\\{\\s*([a-z]*)\\s*([^}:]*?)\\s*(?::\\s*([^}]*?))?\\s*\\}"));
    return figure;
}

} // namespace

QList<LessonFigure> figuresIn(const QString& text)
{
    QList<LessonFigure> figures;
    auto matches = pattern().globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        figures << LessonFigure{match.captured(1), match.captured(2), match.captured(3)};
    }
    return figures;
}

QString withFigures(const QString& text, const std::function<QString(const LessonFigure&)>& tell)
{
    QString told;
    qsizetype from = 0;
    auto matches = pattern().globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        told += text.mid(from, match.capturedStart() - from);
        told += tell({match.captured(1), match.captured(2), match.captured(3)});
        from = match.capturedEnd();
    }
    return told + text.mid(from);
}

} // namespace inceptoscope
