#include "models/lessons/lessons_model.h"

#include "lessons/figures.h"
#include "lessons/lesson_check.h"
#include "lessons/parts.h"
#include "models/format.h"
#include "models/save/save_content.h"
#include "zoo/network.h"

#include <algorithm>

namespace inceptoscope {

namespace {

QVariantMap entryOf(const Lesson& lesson, int seen)
{
    const int pages = int(lesson.pages.size());
    return {{"id", lesson.id}, {"title", lesson.title},         {"summary", lesson.summary},
            {"pages", pages},  {"seen", std::min(seen, pages)}, {"done", seen >= pages}};
}

/// "n=7,channels=16" has "n=7"; what isn't named may be anything.
bool hasSettings(const QString& wish, const QString& now)
{
    const QStringList have = now.split(u',');
    const QStringList wanted = wish.split(u',', Qt::SkipEmptyParts);
    return std::all_of(
        wanted.begin(), wanted.end(), [&](const QString& one) { return have.contains(one); });
}

/// Whether the window is in a state that has all of `wish`.
bool reached(const Address& wish, const Address& place)
{
    const auto has = [](const QString& part, const QString& now) {
        return part.isEmpty() || part == now;
    };
    return has(wish.network, place.network) && has(wish.picture, place.picture) &&
           has(wish.view, place.view) && has(wish.module, place.module) && has(wish.op, place.op) &&
           has(wish.experiment, place.experiment) && hasSettings(wish.set, place.set) &&
           has(wish.why, place.why) && (!wish.ofClass || wish.ofClass == place.ofClass) &&
           (!wish.channel || wish.channel == place.channel) && (!wish.tab || wish.tab == place.tab);
}

/// Figures in words; a dash for what isn't known yet, all of them without a graph.
QString toldOf(const QString& text, const Graph* graph, const RunSnapshot* run)
{
    return withFigures(text, [&](const LessonFigure& figure) {
        QString unknown = QStringLiteral("–");
        if (graph == nullptr)
            return unknown;
        const auto value = quantityOf(*graph, run, figure.part, figure.quantity);
        if (!value)
            return unknown;
        if (figure.other.isEmpty())
            return tellQuantity(figure.quantity, *value);
        const auto other = quantityOf(*graph, run, figure.other, figure.quantity);
        return other && *other > 0 ? formatDigits(*value / *other) : unknown;
    });
}

/// A page for paper, with what the network answers as far as the run has it.
HandoutPage
paperPage(const LessonPage& page, const Graph* graph, const RunSnapshot* run, int predicted)
{
    HandoutPage paper{
        .title = page.title,
        .text = toldOf(page.text, graph, run),
        .task = page.task ? page.task->say : QString(),
        .question = page.prediction ? page.prediction->ask : QString(),
        .answers = {},
        .then = {}};
    if (!page.prediction || graph == nullptr)
        return paper;
    const LessonPrediction& prediction = *page.prediction;
    const QStringList titles = partTitles(*graph, prediction.among);
    const auto result = answer(prediction, *graph, run);
    for (qsizetype i = 0; i < titles.size(); ++i)
        paper.answers << HandoutAnswer{
            .title = titles[i],
            .value = result ? tellQuantity(prediction.by, result->values[size_t(i)]) : QString(),
            .chosen = i == predicted,
            .leads = result && result->leads(size_t(i))};
    paper.then = toldOf(prediction.then, graph, run);
    return paper;
}

} // namespace

LessonsModel::LessonsModel(Settings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_folder(loadLessons(QString::fromLatin1(bundledLessons)))
{
}

void LessonsModel::use(LessonFolder folder)
{
    close();
    m_folder = std::move(folder);
    Q_EMIT progressChanged();
}

QVariantList LessonsModel::chapters() const
{
    QVariantList chapters;
    for (const LessonChapter& chapter : lessonChapters()) {
        QVariantList lessons;
        for (const Lesson& lesson : m_folder.lessons)
            if (lesson.chapter == chapter.id)
                lessons << entryOf(lesson, m_settings.lessonPages(lesson.id));
        if (!lessons.isEmpty())
            chapters << QVariantMap{
                {"id", chapter.id},
                {"title", chapter.title},
                {"year", chapter.year},
                {"lessons", lessons}};
    }
    return chapters;
}

bool LessonsModel::begun() const
{
    return std::any_of(
        m_folder.lessons.begin(), m_folder.lessons.end(),
        [this](const Lesson& lesson) { return m_settings.lessonPages(lesson.id) > 0; });
}

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

void LessonsModel::setPresenting(bool presenting)
{
    if (presenting == std::exchange(m_presenting, presenting))
        return;
    Q_EMIT presentingChanged();
}

qsizetype LessonsModel::indexOf(const QString& id) const
{
    const auto it =
        std::find_if(m_folder.lessons.begin(), m_folder.lessons.end(), [&](const Lesson& lesson) {
            return lesson.id == id;
        });
    return it == m_folder.lessons.end() ? -1 : it - m_folder.lessons.begin();
}

void LessonsModel::start(const QString& id)
{
    const qsizetype index = indexOf(id);
    if (index < 0)
        return;
    if (m_lesson != &m_folder.lessons[index])
        m_kept.clear();
    m_lesson = &m_folder.lessons[index];
    const int seen = m_settings.lessonPages(id);
    go(seen >= pages() ? 0 : std::max(0, seen - 1));
}

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

void LessonsModel::go(int page)
{
    m_page = page;
    m_taskDone = false;
    m_predicted = -1;
    m_result.reset();
    m_hovered.clear();
    if (m_settings.lessonPages(m_lesson->id) < page + 1)
        m_settings.rememberLessonPages(m_lesson->id, page + 1);
    Q_EMIT progressChanged();
    show();
    Q_EMIT pageChanged();
    Q_EMIT figuresChanged();
    Q_EMIT taskChanged();
    Q_EMIT answersChanged();
    Q_EMIT pointedChanged();
}

void LessonsModel::show()
{
    if (m_lesson)
        Q_EMIT wanted(stageOf(*m_lesson, m_page));
}

void LessonsModel::next()
{
    if (!m_lesson)
        return;
    Q_EMIT leaving();
    if (m_page + 1 < pages()) {
        go(m_page + 1);
        return;
    }
    const qsizetype following = indexOf(m_lesson->id) + 1;
    if (following < m_folder.lessons.size())
        start(m_folder.lessons[following].id);
    else
        close();
}

void LessonsModel::back()
{
    if (!m_lesson || m_page == 0)
        return;
    Q_EMIT leaving();
    go(m_page - 1);
}

void LessonsModel::close()
{
    if (!m_lesson)
        return;
    m_lesson = nullptr;
    m_kept.clear();
    m_page = 0;
    m_predicted = -1;
    m_result.reset();
    m_hovered.clear();
    setPresenting(false);
    Q_EMIT pageChanged();
    Q_EMIT figuresChanged();
    Q_EMIT answersChanged();
    Q_EMIT pointedChanged();
}

void LessonsModel::predict(int answer)
{
    if (!prediction() || predicted() || answer < 0 || answer >= prediction()->among.size())
        return;
    m_predicted = answer;
    hover({}); // the answers are made anew, and none of them is under the pointer
    tryToAnswer();
    Q_EMIT answersChanged();
}

void LessonsModel::tryToAnswer()
{
    if (predicted() && !m_result && hasNetwork())
        m_result = answer(*prediction(), m_network->graph, run());
}

void LessonsModel::hover(const QString& link)
{
    const QString part = link.startsWith(QLatin1String(termScheme)) ? QString() : link;
    if (part == std::exchange(m_hovered, part))
        return;
    Q_EMIT pointedChanged();
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

void LessonsModel::setNetwork(std::shared_ptr<const Network> network)
{
    m_network = std::move(network);
    if (!m_lesson)
        return;
    tryToAnswer();
    Q_EMIT figuresChanged();
    Q_EMIT answersChanged();
    Q_EMIT pointedChanged();
}

void LessonsModel::setPlace(const Address& place)
{
    if (!m_lesson || !current()->task || m_taskDone || !reached(current()->task->until, place))
        return;
    m_taskDone = true;
    Q_EMIT taskChanged();
}

void LessonsModel::apply(std::shared_ptr<const RunSnapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    if (!m_lesson)
        return;
    const bool known = m_result.has_value();
    tryToAnswer();
    Q_EMIT figuresChanged();
    if (m_result && !known)
        Q_EMIT answersChanged();
}

} // namespace inceptoscope
