#include "error.h"
#include "lessons/lesson_check.h"
#include "lessons/lesson_folder.h"
#include "lessons/lesson_reader.h"
#include "lessons/parts.h"
#include "lessons/predictions.h"
#include "zoo/network.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

using namespace inceptoscope;

class TestLessonCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bundledLessonsAreSound();
    void wordsAreExplainedWhereTheyFirstStand();
    void pagesFollowEachOther();
    void problems_data();
    void problems();
    void parts();
    void foldersOfOnesOwn();
};

/// Nothing that they name is missing, and each asks for something.
void TestLessonCheck::bundledLessonsAreSound()
{
    const LessonFolder folder = loadLessons(QString::fromLatin1(bundledLessons));
    for (const LessonProblem& problem : folder.problems)
        qWarning().noquote() << problem.file << problem.line << problem.what;
    QVERIFY(folder.problems.isEmpty());
    QVERIFY(folder.lessons.size() >= 14 && folder.lessons.size() <= 18);
    QStringList chapters;
    for (const Lesson& lesson : folder.lessons) {
        if (!chapters.contains(lesson.chapter))
            chapters << lesson.chapter;
        QVERIFY(std::any_of(lesson.pages.begin(), lesson.pages.end(), [](const LessonPage& page) {
            return page.prediction.has_value();
        }));
        for (const LessonPage& page : lesson.pages)
            QVERIFY2(page.task || page.prediction, qPrintable(lesson.id + ": " + page.title));
    }
    QCOMPARE(chapters, (QStringList{"v1", "v2", "v3", "v4", "resnet"}));
}

/// Who reads the lessons in their order meets no word of terms.yaml without its link.
void TestLessonCheck::wordsAreExplainedWhereTheyFirstStand()
{
    const LessonFolder folder = loadLessons(QString::fromLatin1(bundledLessons));
    QStringList unexplained = folder.terms.keys();
    for (const Lesson& lesson : folder.lessons)
        for (const LessonPage& page : lesson.pages) {
            for (const QString& link : page.links)
                unexplained.removeAll(link.mid(qsizetype(qstrlen(termScheme))));
            QString said = page.text;
            if (page.task)
                said += u' ' + page.task->say;
            if (page.prediction)
                said += u' ' + page.prediction->ask + u' ' + page.prediction->then;
            said.remove(QRegularExpression(QStringLiteral("<[^>]*>|\\{[^}]*\\}")));
            for (const QString& word : unexplained)
                QVERIFY2(
                    !QRegularExpression(
                         QStringLiteral("\\b%1(?:e?s)?\\b")
                             .arg(QRegularExpression::escape(folder.terms[word].title)),
                         QRegularExpression::CaseInsensitiveOption)
                         .match(said)
                         .hasMatch(),
                    qPrintable(lesson.id + ", " + page.title + ": " + word));
        }
    QCOMPARE(unexplained, QStringList()); // each stands in some lesson
}

void TestLessonCheck::pagesFollowEachOther()
{
    Lesson lesson;
    lesson.pages.resize(3);
    lesson.pages[0].stage = {.network = "googlenet", .view = "modules", .module = "inception_3a"};
    lesson.pages[1].stage = {.module = "inception_3b"};
    QCOMPARE(stageOf(lesson, 0).module, "inception_3a");
    QCOMPARE(stageOf(lesson, 1).network, "googlenet");
    QCOMPARE(stageOf(lesson, 1).module, "inception_3b");
    QCOMPARE(stageOf(lesson, 2).module, "inception_3b");
}

void TestLessonCheck::problems_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<int>("line"); // the page's text begins at 19
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* page, int line, const char* says) {
        QTest::newRow(name) << page << line << says;
    };
    row("module", "```stage\nshow: inceptoscope:network=googlenet&module=Mixed_5b\n```", 20,
        "the network has no module \"Mixed_5b\"; inceptoscope networks googlenet --json lists "
        "them");
    row("module, misspelt", "```stage\nshow: inceptoscope:module=inception3B\n```", 20,
        "no module \"inception3B\"; did you mean \"inception_3b\"?");
    row("point", "```stage\nshow: inceptoscope:network=googlenet\npoint: nothing\n```", 21,
        "no module, branch or op \"nothing\"");
    row("link", "Words.\n\n[a](inception_3a/5x6)", 21,
        "\"inception_3a/5x6\"; did you mean \"inception_3a/5x5\"?");
    row("link to elsewhere", "[a](https://example.org)", 19, "leads out of the window");
    row("term", "Words and\na [b](term:nonsense)", 20, "term \"nonsense\" isn't in terms.yaml");
    row("figure", "{speed conv1}", 19, "\"speed\" is none of macs");
    row("figure's part", "Words\n{macs conv9}", 20, "\"conv9\"; did you mean \"conv1\"?");
    row("task is done already", "```do\nsay: A\nuntil: inceptoscope:network=googlenet\n```", 21,
        "until is what the page shows already");
    row("task names nothing", "```do\nsay: A\nuntil: 'inceptoscope:'\n```", 21,
        "until names no state");
    row("task", "```do\nsay: A\nuntil: inceptoscope:module=nowhere\n```", 21,
        "no module \"nowhere\"");
    row("answers", "```predict\nask: A\nmost: macs\namong: [conv1, nothing]\n```", 22,
        "\"nothing\"");
    row("maps that aren't there",
        "```predict\nask: A\nmost: mean\namong: [inception_4a/1x1, inception_4a/3x3]\n```", 22,
        "isn't in the module on stage");
    row("picture", "```stage\nshow: inceptoscope:picture=torux\n```", 20,
        "there is no picture \"torux\"; did you mean \"torus\"?");
    row("picture's file", "```stage\nshow: inceptoscope:picture=/nowhere/cat.png\n```", 20,
        "the program's own are city-skyline, ");
}

void TestLessonCheck::problems()
{
    QFETCH(QString, page);
    QFETCH(int, line);
    QFETCH(QString, says);
    const QString text =
        "---\ntitle: T\nchapter: v1\nsummary: S\n---\n\n## One\n\n```stage\nshow: "
        "inceptoscope:network=googlenet&view=modules&module=inception_3a\n```\n\nWords.\n\n## "
        "Two\n\nWords.\n\n" +
        page + "\n\n## Three\n\n```stage\nshow: inceptoscope:view=costs\n```\n\nWords.\n";
    const LessonRead read = readLesson(text.toUtf8(), "a.md");
    QVERIFY(read.problems.isEmpty());
    const QList<LessonProblem> problems = checkLesson(read.lesson, {}, "a.md");
    QVERIFY(!problems.isEmpty());
    QVERIFY2(problems.front().what.contains(says), qPrintable(problems.front().what));
    QCOMPARE(problems.front().line, line);
    // What the next page inherits isn't said again.
    if (problems.front().what.contains("no module \"") || problems.front().what.contains("picture"))
        QCOMPARE(problems.size(), 1);
}

void TestLessonCheck::parts()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const auto module = findPart(graph, "inception_3a");
    QVERIFY(module);
    // Totals of the paper's module, as the oracle counts them.
    QCOMPARE(counted(graph, *module, "macs"), 128'049'152.0);
    QCOMPARE(counted(graph, *module, "channels"), 256.0);
    const auto branch = findPart(graph, "inception_3a/5x5");
    QVERIFY(branch);
    QCOMPARE(
        branch->nodes.size(), size_t(2)); // the reduction and the 5x5; the op's name is the same
    QCOMPARE(counted(graph, *branch, "channels"), 32.0);
    const auto op = findPart(graph, "inception_3a/5x5_reduce");
    QVERIFY(op);
    QCOMPARE(counted(graph, *op, "params"), 192.0 * 16 + 16);
    QVERIFY(!findPart(graph, "inception_3a/"));
    QVERIFY(!findPart(graph, ""));
}

void TestLessonCheck::foldersOfOnesOwn()
{
    QTemporaryDir folder;
    const auto write = [&](const QString& name, const QByteArray& text) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    try {
        (void)loadLessons(folder.path());
        QFAIL("an empty folder has no lessons");
    } catch (const Error& error) {
        QVERIFY(QByteArray(error.what()).contains("holds no lesson"));
    }
    try {
        (void)loadLessons(folder.filePath("nowhere"));
        QFAIL("no such folder");
    } catch (const Error& error) {
        QVERIFY(QByteArray(error.what()).contains("nowhere"));
    }
    const QByteArray lesson =
        "---\ntitle: T\nchapter: v4\nsummary: S\n---\n\n## One\n\n```stage\nshow: "
        "inceptoscope:network=googlenet\n```\n\nA [word](term:mine).\n\n## Two\n\nA "
        "[word](term:mac).\n\n## Three\n\nWords.\n";
    QVERIFY(write("b.md", lesson));
    QVERIFY(write("README.md", "nothing"));
    LessonFolder own = loadLessons(folder.path());
    QCOMPARE(own.lessons.size(), 0);
    QCOMPARE(own.problems.size(), 1);
    QVERIFY(own.problems[0].what.contains("term \"mine\""));
    QVERIFY(write("terms.yaml", "mine:\n  title: word\n  says: What I mean.\n  source: me\n"));
    own = loadLessons(folder.path());
    QVERIFY(own.problems.isEmpty());
    QCOMPARE(own.lessons.size(), 1);
    QCOMPARE(own.terms["mine"].says, "What I mean.");
    // A picture beside the lesson.
    QVERIFY(write("my cat.png", "any bytes"));
    QVERIFY(
        write("c.md", QByteArray(lesson).replace("=googlenet", "=googlenet&picture=my%20cat.png")));
    own = loadLessons(folder.path());
    QVERIFY2(
        own.problems.isEmpty(), own.problems.isEmpty() ? "" : qPrintable(own.problems[0].what));
    QCOMPARE(own.lessons[1].pages[0].stage.picture, folder.filePath("my cat.png"));
    QVERIFY(write("terms.yaml", "mine:\n  title: word\n"));
    own = loadLessons(folder.path());
    QCOMPARE(own.problems.size(), 1);
    QCOMPARE(own.problems[0].line, 1);
}

QTEST_GUILESS_MAIN(TestLessonCheck)
#include "test_lesson_check.moc"
