#include "lessons/lesson_check.h"

#include "address/pictures.h"
#include "closest_name.h"
#include "lessons/figures.h"
#include "lessons/parts.h"
#include "lessons/predictions.h"
#include "zoo/network.h"

#include <QRegularExpression>

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

std::vector<std::string> moduleNames(const Graph& graph)
{
    std::vector<std::string> names;
    for (const Module& module : graph.modules())
        names.push_back(module.name);
    return names;
}

std::vector<std::string> partNames(const Graph& graph)
{
    std::vector<std::string> names = moduleNames(graph);
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        for (const Branch& branch : graph.branches(id))
            names.push_back(graph.modules()[id].name + "/" + branch.name);
    for (NodeId node = 0; node < graph.size(); ++node)
        names.push_back(graph[node].name);
    return names;
}

std::vector<std::string> namesOf(const QStringList& list)
{
    std::vector<std::string> names;
    for (const QString& name : list)
        names.push_back(name.toStdString());
    return names;
}

/// "; did you mean "conv1"?", or what else to do.
QString remedy(const QString& word, const std::vector<std::string>& known, const QString& otherwise)
{
    const QString name = QString::fromStdString(closestName(word.toStdString(), known));
    return name.isEmpty() ? QStringLiteral("; ") + otherwise
                          : QStringLiteral("; did you mean \"%1\"?").arg(name);
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
        for (qsizetype i = 0; i < m_lesson.pages.size(); ++i) {
            const bool last = i + 1 == m_lesson.pages.size();
            m_page = m_lesson.pages[i].line;
            m_end = last ? int(m_lesson.source.size()) + 1 : m_lesson.pages[i + 1].line;
            checkPage(m_lesson.pages[i], stageOf(m_lesson, i), i == 0);
        }
        return m_problems;
    }

private:
    /// `word`: what the line has that it is about.
    void problem(const QString& word, const QString& what)
    {
        m_problems << LessonProblem{m_file, lineOf(word), what};
    }

    /// The page's first line with it, the page's own where there is none.
    [[nodiscard]] int lineOf(const QString& word) const
    {
        const QRegularExpression whole(
            QStringLiteral("(?<![\\w./])%1(?![\\w/])").arg(QRegularExpression::escape(word)));
        for (int line = m_page; line < m_end && line <= m_lesson.source.size(); ++line)
            if (m_lesson.source[line - 1].contains(whole))
                return line;
        return m_page;
    }

    void checkPage(const LessonPage& page, const Address& stage, bool first)
    {
        if (stage.network.isEmpty()) {
            if (first) // the others would follow it
                problem(
                    QStringLiteral("show"),
                    QStringLiteral("page \"%1\" has no network; the first page's stage names one, "
                                   "as in show: inceptoscope:network=googlenet_bn")
                        .arg(page.title));
            return;
        }
        m_network = stage.network;
        const Graph& graph = graphOf(stage.network);
        checkPicture(page.stage.picture);
        const bool inherits =
            page.stage == Address{} ||
            (page.stage.module.isEmpty() && !graph.findModule(stage.module.toStdString()) &&
             !stage.module.isEmpty());
        if (!inherits) // else it was looked at
            checkPlace(stage, QStringLiteral("show"));
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
            problem(
                name, QStringLiteral("the network has no module, branch or op \"%1\"%2")
                          .arg(name, remedy(name, partNames(graph), networkHelp())));
        return found;
    }

    [[nodiscard]] QString networkHelp() const
    {
        return QStringLiteral("inceptoscope networks %1 --json lists them").arg(m_network);
    }

    /// `key`: what the address stands behind.
    void checkPlace(const Address& place, const QString& key)
    {
        const Graph& graph = graphOf(place.network);
        const QString why = objection(place, graph);
        if (why.isEmpty())
            return;
        if (graph.findModule(place.module.toStdString()))
            return problem(key, why);
        problem(place.module, why + remedy(place.module, moduleNames(graph), networkHelp()));
    }

    void checkPicture(const QString& name)
    {
        if (name.isEmpty() || isPicture(name))
            return;
        const QString known = QStringLiteral("the program's own are %1; others are named by their "
                                             "path, from the lesson's folder")
                                  .arg(bundledPictures().join(QStringLiteral(", ")));
        problem(
            name, QStringLiteral("there is no picture \"%1\"%2")
                      .arg(name, remedy(name, namesOf(bundledPictures()), known)));
    }

    void checkLinks(const QStringList& links, const Graph& graph)
    {
        const QLatin1String scheme(termScheme);
        for (const QString& link : links) {
            if (link.contains(QLatin1String("://")))
                problem(
                    link,
                    QStringLiteral("link \"%1\" leads out of the window; a link names a part of "
                                   "the network, or a word of terms.yaml as term:WORD")
                        .arg(link));
            else if (!link.startsWith(scheme))
                part(graph, link);
            else if (const QString term = link.mid(scheme.size()); !m_terms.contains(term))
                problem(
                    term,
                    QStringLiteral("term \"%1\" isn't in terms.yaml%2")
                        .arg(
                            term, remedy(
                                      term, namesOf(m_terms.keys()),
                                      QStringLiteral("write it into one beside the lesson"))));
        }
    }

    void checkFigures(const QString& text, const Graph& graph)
    {
        for (const LessonFigure& figure : figuresIn(text)) {
            if (!lessonQuantities().contains(figure.quantity))
                problem(
                    figure.quantity,
                    QStringLiteral("figure {%1 %2}: \"%1\" is none of %3")
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
            return problem(
                QStringLiteral("until"), QStringLiteral("until names no state of the window"));
        checkPicture(end.picture);
        end.network = end.network.isEmpty() ? stage.network : end.network;
        checkPlace(end, QStringLiteral("until"));
        const Address reached = completed(end, stage);
        if (reached == stage)
            problem(
                QStringLiteral("until"), QStringLiteral("until is what the page shows already; it "
                                                        "names what the reader is to reach"));
    }

    void
    checkPrediction(const LessonPrediction& prediction, const Address& stage, const Graph& graph)
    {
        const auto module = graph.findModule(stage.module.toStdString());
        for (const QString& name : prediction.among) {
            const auto found = part(graph, name);
            if (found && isOfMaps(prediction.by) && found->module != module)
                problem(
                    QStringLiteral("among"),
                    QStringLiteral("\"%1\" isn't in the module on stage, whose maps alone are "
                                   "there to answer by")
                        .arg(name));
        }
        checkFigures(prediction.then, graph);
    }

    const Lesson& m_lesson;
    const LessonTerms& m_terms;
    QString m_file;
    QString m_network;
    int m_page = 0; ///< its first line, from 1
    int m_end = 0;  ///< the line behind its last
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
