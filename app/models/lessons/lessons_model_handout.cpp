// A lesson for paper, with the figures as the reader saw them.
#include "lessons/lesson_check.h"
#include "models/lessons/lessons_model.h"
#include "models/lessons/page_text.h"
#include "models/save/save_content.h"
#include "zoo/network.h"

namespace inceptoscope {

void LessonsModel::keepPage(const QImage& figure)
{
    if (!m_lesson)
        return;
    HandoutPage page =
        paperPage(*current(), hasNetwork() ? &m_network->graph : nullptr, run(), m_predicted);
    page.figure = figure;
    m_kept[m_page] = std::move(page);
}

/// Counted, since nothing ran for it.
HandoutPage LessonsModel::unseenPage(int page) const
{
    const std::string network = stageOf(*m_lesson, page).network.toStdString();
    if (m_network && m_network->id == network)
        return paperPage(m_lesson->pages[page], &m_network->graph, run(), -1);
    const Network other = makeNetwork(network);
    return paperPage(m_lesson->pages[page], &other.graph, nullptr, -1);
}

Handout LessonsModel::handout() const
{
    Handout handout{
        .title = title(), .chapter = chapter(), .summary = {}, .pages = {}, .terms = {}};
    if (!m_lesson)
        return handout;
    handout.summary = m_lesson->summary;
    const QLatin1String scheme(termScheme);
    QStringList words;
    for (int i = 0; i < pages(); ++i) {
        const auto kept = m_kept.constFind(i);
        handout.pages << (kept != m_kept.constEnd() ? *kept : unseenPage(i));
        for (const QString& link : m_lesson->pages[i].links)
            if (link.startsWith(scheme) && !words.contains(link))
                words << link;
    }
    for (const QString& word : words)
        handout.terms << m_folder.terms.value(word.mid(scheme.size()));
    return handout;
}

QVariant LessonsModel::handoutContent() const
{
    return QVariant::fromValue(SaveContent{[handout = handout()] { return handoutPdf(handout); }});
}

} // namespace inceptoscope
