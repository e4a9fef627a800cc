#include "lessons/terms.h"

#include "shown_text.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace inceptoscope {

LessonTerms readTerms(const QByteArray& yaml, const QString& file, QList<LessonProblem>& problems)
{
    LessonTerms terms;
    try {
        for (const auto& entry : YAML::Load(yaml.toStdString())) {
            const auto text = [&](const char* key) {
                const YAML::Node node = entry.second.IsMap() ? entry.second[key] : YAML::Node();
                const bool there = node.IsDefined() && node.IsScalar();
                return there ? QString::fromStdString(node.as<std::string>()) : QString();
            };
            const LessonTerm term{text("title"), text("says"), text("source")};
            const QString key = QString::fromStdString(entry.first.as<std::string>());
            if (term.title.isEmpty() || term.says.isEmpty() || term.source.isEmpty())
                problems << LessonProblem{
                    file, entry.first.Mark().line + 1,
                    QStringLiteral("term \"%1\" lacks title, says or source").arg(key)};
            terms.insert(key, term);
        }
    } catch (const YAML::Exception& error) {
        problems << LessonProblem{
            file, std::max(error.mark.line, 0) + 1,
            QStringLiteral("is no YAML: ") + QString::fromStdString(shown(error.msg))};
    }
    return terms;
}

} // namespace inceptoscope
