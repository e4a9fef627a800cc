#include "lessons/figures.h"
#include "lessons/lesson_reader.h"

#include <QtTest>

using namespace inceptoscope;

class TestLessonReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAll();
    void windowsLineEnds();
    void problems_data();
    void problems();
    void figures();
};

namespace {

const QByteArray head = "---\ntitle: A title\nchapter: v1\nsummary: A sentence.\n---\n\n";

QByteArray page(const QByteArray& rest = {})
{
    return "## A page\n\nSome words.\n\n" + rest;
}

QByteArray lessonWith(const QByteArray& rest)
{
    return head + page(rest) + page() + page();
}

} // namespace

void TestLessonReader::readsAll()
{
    const LessonRead read = readLesson(
        head +
            R"(## Small *and* large

```stage
show: inceptoscope:network=googlenet_bn&module=inception3a
point: [inception3a/branch1, inception3a.branch2.1]
```

The [first](inception3a/branch1) makes {macs inception3a/branch1 : inception3a/branch2}
of it, & more.

Another paragraph.

```do
say: Open a channel.
until: inceptoscope:module=inception3a&channel=3
```

## Two

Words.

```predict
ask: Which one?
least: params
among: [conv1, conv2]
then: "It is {params conv1}."
```

## Three

Words.
)",
        "/somewhere/01-first.md");
    for (const LessonProblem& problem : read.problems)
        qInfo() << problem.line << problem.what;
    QVERIFY(read.problems.isEmpty());
    const Lesson& lesson = read.lesson;
    QCOMPARE(lesson.id, "01-first");
    QCOMPARE(lesson.title, "A title");
    QCOMPARE(lesson.chapter, "v1");
    QCOMPARE(lesson.summary, "A sentence.");
    QCOMPARE(lesson.pages.size(), 3);
    const LessonPage& first = lesson.pages[0];
    QCOMPARE(first.title, "Small and large");
    QCOMPARE(first.line, 7);
    QCOMPARE(first.words, 10); // a figure is one
    QCOMPARE(first.stage.network, "googlenet_bn");
    QCOMPARE(first.points, (QStringList{"inception3a/branch1", "inception3a.branch2.1"}));
    QVERIFY(first.text.contains("<a href=\"inception3a/branch1\">first</a>"));
    QVERIFY(first.text.contains("&amp; more"));
    QCOMPARE(first.text.count("<p>"), 2);
    QVERIFY(first.task && !first.prediction);
    QCOMPARE(first.task->say, "Open a channel.");
    QCOMPARE(first.task->until.channel, 3);
    const LessonPage& second = lesson.pages[1];
    QVERIFY(second.prediction && !second.task);
    QVERIFY(second.prediction->least);
    QCOMPARE(second.prediction->by, "params");
    QCOMPARE(second.prediction->among, (QStringList{"conv1", "conv2"}));
    QCOMPARE(second.prediction->then, "It is {params conv1}.");
}

void TestLessonReader::windowsLineEnds()
{
    QByteArray text = lessonWith({});
    text.replace("\n", "\r\n");
    QVERIFY(readLesson(text, "a.md").problems.isEmpty());
}

void TestLessonReader::problems_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QByteArray& text, int line, const char* says) {
        QTest::newRow(name) << text << line << QString::fromUtf8(says);
    };
    row("empty", "", 1, "doesn't begin with ---");
    row("no front matter", page() + page() + page(), 1, "doesn't begin with ---");
    row("front matter doesn't end", "---\ntitle: A\n", 1, "doesn't begin with ---");
    row("no title", "---\nchapter: v1\nsummary: S\n---\n" + page() + page() + page(), 2,
        "title is missing");
    row("unknown key", "---\ntitle: A\nchapter: v1\nsummary: S\nauthor: me\n---\n" + page(), 5,
        "key \"author\" is none of title, chapter, summary");
    row("unknown chapter", "---\ntitle: A\nchapter: v7\nsummary: S\n---\n" + page(), 3,
        "chapter \"v7\" is none of v1, v2, v3, v4, resnet");
    row("front matter is no YAML", "---\ntitle: [A\n---\n" + page(), 3, "is no YAML");
    row("two pages", head + page() + page(), 0, "has 2 pages; a lesson has 3 to 6");
    row("text before a page", head + "Hello.\n\n" + page() + page() + page(), 7,
        "stands before the first page");
    row("a page says nothing", head + "## Empty\n\n" + page() + page(), 7,
        "page \"Empty\" says nothing");
    row("too many words",
        head + "## Long\n\n" + QByteArray("word ").repeated(61) + "\n\n" + page() + page(), 7,
        "page \"Long\" has 61 words; at most 60 can be read beside the stage, so take out 1");
    row("unknown block", lessonWith("```quiz\na: b\n```\n\n"), 11,
        "block \"quiz\" is none of stage, do, predict");
    row("block is no YAML", lessonWith("```stage\nshow: [\n```\n\n"), 13, "is no YAML");
    row("block is a word", lessonWith("```stage\nshow\n```\n\n"), 12, "is not a list of KEY");
    row("unknown key in a block",
        lessonWith("```do\nsay: A\nuntil: inceptoscope:view=costs\nwhen: "
                   "now\n```\n\n"),
        14, "key \"when\" is none of say, until");
    row("misspelt key", lessonWith("```do\nsay: A\nuntill: inceptoscope:view=costs\n```\n\n"), 13,
        "key \"untill\" is none of say, until; did you mean \"until\"?");
    row("no until", lessonWith("```do\nsay: A\n```\n\n"), 12, "until is missing");
    row("braces without quotation marks",
        lessonWith("```predict\nask: A\nmost: macs\namong: [a, b]\nthen: {macs a} more\n```\n\n"),
        15, "a text with braces or a colon stands in quotation marks");
    row("indented by a tab", lessonWith("```do\nsay: A\n\tuntil: b\n```\n\n"), 13, "spaces");
    row("one page", head + page(), 0, "has 1 page; a lesson has 3 to 6");
    row("no such network", lessonWith("```stage\nshow: inceptoscope:network=nosuch\n```\n\n"), 12,
        "network \"nosuch\" doesn't exist");
    row("no address", lessonWith("```stage\nshow: inception3a\n```\n\n"), 12,
        "doesn't begin with inceptoscope:");
    row("quantity", lessonWith("```predict\nask: A\nmost: beauty\namong: [a, b]\n```\n\n"), 13,
        "\"beauty\" is none of macs, params, channels, ms, mean, zeros");
    row("one answer", lessonWith("```predict\nask: A\nmost: macs\namong: [a]\n```\n\n"), 14,
        "among has less than two answers");
    row("picture", lessonWith("![a cat](cat.png)\n\n"), 11, "a picture stands in the text");
    row("HTML", lessonWith("<b>bold</b>\n\n"), 11, "HTML stands in the text");
    row("too long", QByteArray(300'000, 'x'), 0, "has 300000 bytes");
}

void TestLessonReader::problems()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QString, says);
    const LessonRead read = readLesson(text, "lesson.md");
    QVERIFY(!read.problems.isEmpty());
    if (says.startsWith("key ")) // and nothing that only follows from it
        QCOMPARE(read.problems.size(), 1);
    const LessonProblem& problem = read.problems.front();
    QVERIFY2(problem.what.contains(says), qPrintable(problem.what));
    QCOMPARE(problem.line, line);
    QCOMPARE(problem.file, "lesson.md");
}

void TestLessonReader::figures()
{
    const QString text = "a {macs inception3a/branch2}, {mean x.y : z} and {}";
    const QList<LessonFigure> found = figuresIn(text);
    QCOMPARE(found.size(), 3);
    QCOMPARE(
        found[0].quantity + '|' + found[0].part + '|' + found[0].other,
        "macs|inception3a/branch2|");
    QCOMPARE(found[1].quantity + '|' + found[1].part + '|' + found[1].other, "mean|x.y|z");
    QCOMPARE(
        withFigures(text, [](const LessonFigure& f) { return '<' + f.part + '>'; }),
        "a <inception3a/branch2>, <x.y> and <>");
}

QTEST_GUILESS_MAIN(TestLessonReader)
#include "test_lesson_reader.moc"
