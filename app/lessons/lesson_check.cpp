#include "lessons/lesson_check.h"

#include "lessons/figures.h"
#include "lessons/parts.h"
#include "lessons/predictions.h"
#include "zoo/network.h"

#include <map>

namespace inceptoscope {

namespace {

const Graph& graphOf(const QString& network)
{
    static std::map<QString, Network> networks;
    auto it = networks.find(network);
    if (it == networks.end())
        it = networks.emplace(network, makeNetwork(network.toStdString())).first;
    return it->second.graph;
}

class Checker
{
public:
    Checker(const Lesson& lesson, const LessonTerms& terms, const QString& file)
        : m_lesson(lesson)
        , m_terms(terms)
        , m_file(file)
    {
    }

    QList<LessonProblem> check()
    {
        for (qsizetype i = 0; i < m_lesson.pages.size(); ++i)
            checkPage(m_lesson.pages[i], stageOf(m_lesson, i));
        return m_problems;
    }

private:
    void problem(const QString& what) { m_problems << LessonProblem{m_file, m_line, what}; }

    void checkPage(const LessonPage& page, const Address& stage)
    {
        m_line = page.line;
        if (stage.network.isEmpty())
            return problem(
                QStringLiteral("page \"%1\" has no network; the first page's stage names one")
                    .arg(page.title));
        const Graph& graph = graphOf(stage.network);
        if (const QString why = objection(stage, graph); !why.isEmpty())
            problem(why);
        for (const QString& name : page.points)
            part(graph, name);
        checkLinks(page.links, graph);
        checkFigures(page.text, graph);
        if (page.task)
            checkTask(*page.task, stage);
        if (page.prediction)
            checkPrediction(*page.prediction, stage, graph);
    }

    std::optional<NetworkPart> part(const Graph& graph, const QString& name)
    {
        auto found = findPart(graph, name);
        if (!found)
            problem(QStringLiteral("the network has no module, branch or op \"%1\"").arg(name));
        return found;
    }

    void checkLinks(const QStringList& links, const Graph& graph)
    {
        const QLatin1String scheme(termScheme);
        for (const QString& link : links) {
            if (!link.startsWith(scheme))
                part(graph, link);
            else if (const QString term = link.mid(scheme.size()); !m_terms.contains(term))
                problem(QStringLiteral("term \"%1\" isn't in terms.yaml").arg(term));
        }
    }

    void checkFigures(const QString& text, const Graph& graph)
    {
        for (const LessonFigure& figure : figuresIn(text)) {
            if (!lessonQuantities().contains(figure.quantity))
                problem(QStringLiteral("figure {%1 %2}: \"%1\" is none of %3")
                            .arg(figure.quantity, figure.part, lessonQuantities().join(", ")));
            part(graph, figure.part);
            if (!figure.other.isEmpty())
                part(graph, figure.other);
        }
    }

    void checkTask(const LessonTask& task, const Address& stage)
    {
        Address end = task.until;
        if (end == Address{})
            return problem(QStringLiteral("until names no state of the window"));
        const QString network = end.network.isEmpty() ? stage.network : end.network;
        if (const QString why = objection(end, graphOf(network)); !why.isEmpty())
            problem(why);
        const Address reached = completed(end, stage);
        if (reached == stage)
            problem(QStringLiteral("until is what the page shows already"));
    }

    void
    checkPrediction(const LessonPrediction& prediction, const Address& stage, const Graph& graph)
    {
        const auto module = graph.findModule(stage.module.toStdString());
        for (const QString& name : prediction.among) {
            const auto found = part(graph, name);
            if (found && isOfMaps(prediction.by) && found->module != module)
                problem(QStringLiteral("\"%1\" isn't in the module on stage, whose maps alone are "
                                       "there to answer by")
                            .arg(name));
        }
        checkFigures(prediction.then, graph);
    }

    const Lesson& m_lesson;
    const LessonTerms& m_terms;
    QString m_file;
    int m_line = 0;
    QList<LessonProblem> m_problems;
};

} // namespace

Address stageOf(const Lesson& lesson, qsizetype page)
{
    Address stage;
    for (qsizetype i = 0; i <= page && i < lesson.pages.size(); ++i)
        stage = completed(lesson.pages[i].stage, stage);
    return stage;
}

QList<LessonProblem>
checkLesson(const Lesson& lesson, const LessonTerms& terms, const QString& file)
{
    return Checker(lesson, terms, file).check();
}

} // namespace inceptoscope
