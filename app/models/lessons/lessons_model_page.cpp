// What the page that is open says, asks and points at.
#include "lessons/lesson_check.h"
#include "lessons/parts.h"
#include "models/lessons/lessons_model.h"
#include "models/lessons/page_text.h"
#include "zoo/network.h"

#include <algorithm>

namespace inceptoscope {

const LessonPage* LessonsModel::current() const
{
    return m_lesson ? &m_lesson->pages[m_page] : nullptr;
}

const LessonPrediction* LessonsModel::prediction() const
{
    const LessonPage* page = current();
    return page && page->prediction ? &*page->prediction : nullptr;
}

QString LessonsModel::title() const
{
    return m_lesson ? m_lesson->title : QString();
}

QString LessonsModel::chapter() const
{
    if (m_lesson)
        for (const LessonChapter& chapter : lessonChapters())
            if (chapter.id == m_lesson->chapter)
                return chapter.title;
    return {};
}

int LessonsModel::pages() const
{
    return m_lesson ? int(m_lesson->pages.size()) : 0;
}

QString LessonsModel::heading() const
{
    return m_lesson ? current()->title : QString();
}

bool LessonsModel::hasNetwork() const
{
    return m_lesson && m_network &&
           stageOf(*m_lesson, m_page).network.toStdString() == m_network->id;
}

/// The run whose maps and times count: of this network.
const RunSnapshot* LessonsModel::run() const
{
    const bool mine = m_snapshot && m_network && m_snapshot->network == m_network;
    return mine ? m_snapshot.get() : nullptr;
}

QString LessonsModel::told(const QString& text) const
{
    return toldOf(text, hasNetwork() ? &m_network->graph : nullptr, run());
}

QString LessonsModel::text() const
{
    return m_lesson ? told(current()->text) : QString();
}

QStringList LessonsModel::links() const
{
    return m_lesson ? current()->links : QStringList();
}

QString LessonsModel::task() const
{
    return m_lesson && current()->task ? current()->task->say : QString();
}

QString LessonsModel::question() const
{
    return prediction() ? prediction()->ask : QString();
}

QVariantList LessonsModel::answers() const
{
    QVariantList all;
    if (!prediction() || !hasNetwork())
        return all;
    const QStringList titles = partTitles(m_network->graph, prediction()->among);
    for (qsizetype i = 0; i < prediction()->among.size(); ++i) {
        QVariantMap one{
            {"title", titles[i]},
            {"part", prediction()->among[i]},
            {"branch", branchOf(prediction()->among[i])},
            {"value", QString()},
            {"chosen", i == m_predicted},
            {"leads", false}};
        if (m_result) {
            one["value"] = tellQuantity(prediction()->by, m_result->values[size_t(i)]);
            one["leads"] = m_result->leads(size_t(i));
        }
        all << one;
    }
    return all;
}

bool LessonsModel::right() const
{
    return m_result && m_result->leads(size_t(m_predicted));
}

QString LessonsModel::verdict() const
{
    if (!predicted())
        return {};
    if (!m_result)
        return tr("The network is still computing; it answers as soon as it knows.");
    const QString then = told(prediction()->then);
    const QString said = right() ? tr("As you said.") : tr("The network says otherwise.");
    return then.isEmpty() ? said : said + u' ' + then;
}

QString LessonsModel::termText(const QString& link) const
{
    if (!link.startsWith(QLatin1String(termScheme)))
        return {};
    const auto term = m_folder.terms.constFind(link.mid(QLatin1String(termScheme).size()));
    return term == m_folder.terms.constEnd()
               ? QString()
               : QStringLiteral("%1: %2\n%3").arg(term->title, term->says, term->source);
}

int LessonsModel::branchOf(const QString& link) const
{
    const auto part = hasNetwork() ? findPart(m_network->graph, link) : std::nullopt;
    if (!part)
        return -1;
    const std::vector<Branch> branches = m_network->graph.branches(part->module);
    if (branches.size() < 2)
        return -1;
    for (size_t i = 0; i < branches.size(); ++i)
        if (std::find(branches[i].nodes.begin(), branches[i].nodes.end(), part->output) !=
            branches[i].nodes.end())
            return int(i);
    return -1;
}

std::vector<NodeId> LessonsModel::pointed() const
{
    std::vector<NodeId> nodes;
    if (!hasNetwork())
        return nodes;
    QStringList names = m_hovered.isEmpty() ? current()->points : QStringList{m_hovered};
    if (m_hovered.isEmpty() && !names.isEmpty() && prediction())
        names += prediction()->among; // what is asked about can be looked at
    for (const QString& name : names)
        if (const auto part = findPart(m_network->graph, name))
            nodes.insert(nodes.end(), part->nodes.begin(), part->nodes.end());
    return nodes;
}

} // namespace inceptoscope
