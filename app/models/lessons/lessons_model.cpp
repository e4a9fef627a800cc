#include "models/lessons/lessons_model.h"

#include "lessons/lesson_check.h"
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
