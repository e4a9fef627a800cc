#include "lessons/lesson_reader.h"

#include "closest_name.h"
#include "file_name.h"
#include "lessons/blocks.h"
#include "lessons/keys.h"
#include "lessons/predictions.h"
#include "shown_text.h"

#include <algorithm>

namespace inceptoscope {

namespace {

QString quoted(const QString& text)
{
    constexpr size_t mostBytes = 60;
    return u'"' + QString::fromStdString(shown(fileBytes(text), mostBytes)) + u'"';
}

/// "; did you mean "until"?", or nothing.
QString meant(const QString& word, const QStringList& known)
{
    std::vector<std::string> names;
    for (const QString& name : known)
        names.push_back(name.toStdString());
    const QString name = QString::fromStdString(closestName(word.toStdString(), names));
    return name.isEmpty() ? QString() : QStringLiteral("; did you mean \"%1\"?").arg(name);
}

/// What to do where YAML can't be read.
QString remedyFor(const std::string& fault)
{
    return fault.find("tab") != std::string::npos
               ? QStringLiteral("indent with spaces")
               : QStringLiteral("a text with braces or a colon stands in quotation marks, and what "
                                "is opened has to be closed");
}

class Reader
{
public:
    Reader(const QByteArray& bytes, const QString& file)
        : m_bytes(bytes)
    {
        m_read.lesson.id = shownFileName(file).section(u'.', 0, 0);
        m_file = file;
    }

    LessonRead read()
    {
        if (m_bytes.size() > longestLesson) {
            problem(
                0, QStringLiteral("has %1 bytes, more than %2: no lesson is that long")
                       .arg(m_bytes.size())
                       .arg(longestLesson));
            return m_read;
        }
        m_bytes.replace("\r\n", "\n");
        m_read.lesson.source = QString::fromUtf8(m_bytes).split(u'\n');
        const int next = readHead();
        if (next > 0)
            for (const MarkdownBlock& block : markdownBlocks(m_rest, next))
                take(block);
        finishPage();
        const auto pages = m_read.lesson.pages.size();
        if (m_read.problems.isEmpty() && (pages < fewestPages || pages > mostPages))
            problem(
                0, QStringLiteral("has %1; a lesson has %2 to %3, each under a ## heading")
                       .arg(
                           pages == 1 ? QStringLiteral("1 page")
                                      : QStringLiteral("%1 pages").arg(pages))
                       .arg(fewestPages)
                       .arg(mostPages));
        std::stable_sort(
            m_read.problems.begin(), m_read.problems.end(),
            [](const LessonProblem& a, const LessonProblem& b) { return a.line < b.line; });
        return m_read;
    }

private:
    void problem(int line, const QString& what)
    {
        m_read.problems << LessonProblem{m_file, line, what};
    }

    /// Returns the line after the front matter; 0 where there is none.
    int readHead()
    {
        const qsizetype end = m_bytes.startsWith("---\n") ? m_bytes.indexOf("\n---\n", 3) : -1;
        if (end < 0) {
            problem(
                1, QStringLiteral(
                       "doesn't begin with ---, lines for title, chapter and summary, and ---"));
            return 0;
        }
        const QByteArray head = m_bytes.mid(4, end - 3);
        m_rest = m_bytes.mid(end + 5);
        withKeys(
            QString::fromUtf8(head), 2, {"title", "chapter", "summary"}, [this](const Keys& keys) {
                Lesson& lesson = m_read.lesson;
                lesson.title = required(keys, "title");
                lesson.summary = required(keys, "summary");
                lesson.chapter = required(keys, "chapter");
                const QList<LessonChapter>& chapters = lessonChapters();
                QStringList known;
                for (const LessonChapter& chapter : chapters)
                    known << chapter.id;
                if (!lesson.chapter.isEmpty() && !known.contains(lesson.chapter))
                    problem(
                        keys.lineOf("chapter"), QStringLiteral("chapter %1 is none of %2")
                                                    .arg(quoted(lesson.chapter), known.join(", ")));
            });
        return int(head.count('\n')) + 3;
    }

    template <typename Use>
    void withKeys(const QString& yaml, int line, const QStringList& known, Use use)
    {
        try {
            const Keys keys(yaml, line);
            if (!keys.isMap())
                return problem(line, QStringLiteral("is not a list of KEY: VALUE lines"));
            if (const auto unknown = keys.unknown(known))
                return problem( // what may follow from it would say nothing more
                    unknown->second, QStringLiteral("key %1 is none of %2%3")
                                         .arg(
                                             quoted(unknown->first), known.join(", "),
                                             meant(unknown->first, known)));
            use(keys);
        } catch (const YAML::Exception& error) {
            problem(
                line + std::max(error.mark.line, 0),
                QStringLiteral("is no YAML (%1): %2")
                    .arg(QString::fromStdString(shown(error.msg)), remedyFor(error.msg)));
        }
    }

    QString required(const Keys& keys, const char* key)
    {
        QString text = keys.text(key);
        if (text.isEmpty())
            problem(keys.lineOf(key), QStringLiteral("%1 is missing").arg(QLatin1String(key)));
        return text;
    }

    Address addressIn(const Keys& keys, const char* key)
    {
        if (!keys.has(key))
            return {};
        const AddressRead read = readAddress(keys.text(key));
        if (!read.problem.isEmpty())
            problem(keys.lineOf(key), read.problem);
        return read.address;
    }

    void take(const MarkdownBlock& block)
    {
        if (!block.objection.isEmpty())
            problem(block.line, block.objection);
        if (block.kind == MarkdownBlock::Kind::Heading) {
            finishPage();
            m_page = LessonPage{.title = block.text, .line = block.line};
            return;
        }
        if (!m_page) {
            problem(block.line, QStringLiteral("stands before the first page's ## heading"));
            return;
        }
        if (block.kind == MarkdownBlock::Kind::Text) {
            m_page->text += block.text;
            m_page->links += block.links;
            m_page->words += block.words;
            return;
        }
        takeFence(block);
    }

    void takeFence(const MarkdownBlock& block)
    {
        const int inside = block.line + 1;
        if (block.info == QLatin1String("stage")) {
            withKeys(block.text, inside, {"show", "point"}, [this](const Keys& keys) {
                m_page->stage = addressIn(keys, "show");
                m_page->points = keys.texts("point");
            });
        } else if (block.info == QLatin1String("do")) {
            withKeys(block.text, inside, {"say", "until"}, [this](const Keys& keys) {
                (void)required(keys, "until");
                m_page->task = LessonTask{required(keys, "say"), addressIn(keys, "until")};
            });
        } else if (block.info == QLatin1String("predict")) {
            withKeys(
                block.text, inside, {"ask", "most", "least", "among", "then"},
                [this](const Keys& keys) { takePrediction(keys); });
        } else {
            problem(
                block.line,
                QStringLiteral("block %1 is none of stage, do, predict").arg(quoted(block.info)));
        }
    }

    void takePrediction(const Keys& keys)
    {
        const bool least = keys.has("least");
        LessonPrediction prediction{
            .ask = required(keys, "ask"),
            .by = required(keys, least ? "least" : "most"),
            .among = keys.texts("among"),
            .least = least,
            .then = keys.text("then")};
        if (!prediction.by.isEmpty() && !lessonQuantities().contains(prediction.by))
            problem(
                keys.lineOf(least ? "least" : "most"),
                QStringLiteral("%1 is none of %2")
                    .arg(quoted(prediction.by), lessonQuantities().join(", ")));
        if (prediction.among.size() < 2)
            problem(
                keys.lineOf("among"),
                QStringLiteral("among has less than two answers; it takes a list: [ONE, ANOTHER]"));
        m_page->prediction = prediction;
    }

    void finishPage()
    {
        if (!m_page)
            return;
        if (m_page->words > mostWords)
            problem(
                m_page->line, QStringLiteral("page %1 has %2 words; at most %3 can be read beside "
                                             "the stage, so take out %4")
                                  .arg(quoted(m_page->title))
                                  .arg(m_page->words)
                                  .arg(mostWords)
                                  .arg(m_page->words - mostWords));
        if (m_page->words == 0)
            problem(
                m_page->line, QStringLiteral("page %1 says nothing").arg(quoted(m_page->title)));
        m_read.lesson.pages << *std::exchange(m_page, std::nullopt);
    }

    QByteArray m_bytes;
    QByteArray m_rest;
    QString m_file;
    LessonRead m_read;
    std::optional<LessonPage> m_page;
};

} // namespace

const QList<LessonChapter>& lessonChapters()
{
    static const QList<LessonChapter> chapters{
        {"v1", "Inception v1", "2014"},
        {"v2", "Inception v2", "2015"},
        {"v3", "Inception v3", "2015"},
        {"v4", "Inception v4", "2016"},
        {"resnet", "Inception-ResNet", "2016"}};
    return chapters;
}

LessonRead readLesson(const QByteArray& bytes, const QString& file)
{
    return Reader(bytes, file).read();
}

} // namespace inceptoscope
