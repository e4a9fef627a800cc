// What the commands do with pictures and names as people have them.
#include "cli/program.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

using namespace inceptoscope;

class TestCliPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void oneBadPicture();
    void badPicturesNeedNoNetwork();
    void everyCommandReadsText_data();
    void everyCommandReadsText();
    void urls();
    void namesAreBytes();
    void terminalsAreSafe_data();
    void terminalsAreSafe();
    void handout();
    void lessonsChecked();
    void handoutWithoutDevice();
    void handoutRefuses_data();
    void handoutRefuses();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

namespace {

/// The program by way of a shell, which alone can hand over names that are no UTF-8.
Answer inShell(const QString& command, const QTemporaryDir& folder)
{
    QProcess shell;
    shell.setWorkingDirectory(folder.path());
    shell.start(
        QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), command, QStringLiteral(INCEPTOSCOPE_PROGRAM)});
    shell.closeWriteChannel();
    if (!shell.waitForFinished(120'000))
        return {-1, {}, shell.errorString()};
    return {
        shell.exitCode(), QString::fromLatin1(shell.readAllStandardOutput()),
        QString::fromLatin1(shell.readAllStandardError())};
}

} // namespace

void TestCliPictures::initTestCase()
{
    QImage image(260, 300, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb(x & 255, y & 255, (x * y) & 255));
    QVERIFY(image.save(path("good.png")));
    QFile whole(path("good.png"));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QFile cut(path("cut.png"));
    QVERIFY(cut.open(QIODevice::WriteOnly));
    cut.write(whole.read(whole.size() / 2));
    QFile text(path("words.svg"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"200\"><text "
               "x=\"10\" y=\"90\" font-size=\"60\">cat</text></svg>");
}

void TestCliPictures::oneBadPicture()
{
    const QStringList arguments = {"classify",       path("cut.png"),  path("good.png"),
                                   path("gone.png"), path("good.png"), "--network",
                                   "googlenet"};
    const Answer answer = program(arguments + QStringList{"--json"});
    QCOMPARE(answer.code, 1);
    const QJsonArray results = answer.json().array();
    QCOMPARE(results.size(), 4);
    QVERIFY(results[0].toObject()["error"].toString().contains(QStringLiteral("cut short")));
    QVERIFY(results[2].toObject()["error"].toString().contains(QStringLiteral("not found")));
    for (const int i : {0, 2})
        QCOMPARE(keys(results[i].toObject()), QStringList({"error", "image", "network"}));
    QCOMPARE(results[1].toObject()["top"].toArray().size(), 5);
    QCOMPARE(results[1], results[3]);
    QVERIFY(answer.error().contains(QStringLiteral("cut.png is cut short")));

    const Answer text = program(arguments);
    QCOMPARE(text.code, 1);
    QCOMPARE(text.out.count(path("good.png")), 2);
    QCOMPARE(text.error().count(u'\n'), 1); // a line for each
}

void TestCliPictures::badPicturesNeedNoNetwork()
{
    // These weights don't exist: nobody looks for them.
    for (const QStringList& command :
         {QStringList{"classify"}, QStringList{"activations", "-o", path("x.safetensors")},
          QStringList{"render", "-o", path("x.png")}}) {
        const Answer answer =
            program(command + QStringList{path("cut.png"), "--weights", path("none.pth")});
        QCOMPARE(answer.code, 1);
        QVERIFY2(
            answer.err.contains(QStringLiteral("cut.png is cut short")), qPrintable(answer.err));
        QVERIFY(!answer.err.contains(QStringLiteral("none.pth")));
        QVERIFY(!answer.err.contains(QStringLiteral("libpng")));
    }
}

void TestCliPictures::everyCommandReadsText_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString svg = path("words.svg");
    QTest::newRow("classify") << QStringList{"classify", svg};
    QTest::newRow("activations") << QStringList{"activations", svg,  "--tap",
                                                "logits",      "-o", path("a.safetensors")};
    QTest::newRow("render") << QStringList{"render", svg, "-o", path("r.png")};
    QTest::newRow("compare") << QStringList{"compare",      "googlenet", "--runs",  "1",
                                            "--input-size", "128",       "--image", svg};
}

void TestCliPictures::everyCommandReadsText()
{
    QFETCH(const QStringList, arguments);
    const Answer answer = program(arguments);
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
}

void TestCliPictures::urls()
{
    QVERIFY(QFile::copy(path("good.png"), m_folder.filePath(QStringLiteral("a bé#.png"))));
    const QString url =
        QStringLiteral("file://") + m_folder.path() + QStringLiteral("/a%20b%C3%A9%23.png");
    const Answer answer = program({"classify", url, "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(
        answer.json().array()[0].toObject()["image"].toString(),
        m_folder.filePath(QStringLiteral("a bé#.png")));
    const Answer other = program({"classify", "file://elsewhere/x.png"});
    QCOMPARE(other.code, 2);
    QVERIFY2(other.err.contains(QStringLiteral("another computer")), qPrintable(other.err));
}

void TestCliPictures::namesAreBytes()
{
    const Answer answer = inShell(
        QStringLiteral("n=$(printf 'caf\\351') && cp good.png \"$n.png\" && mkdir \"$n\" && "
                       "\"$0\" render \"$n.png\" -o \"$n/r.png\" && "
                       "\"$0\" activations \"file://$PWD/caf%E9.png\" --tap logits -o "
                       "\"$n/a.safetensors\" && cp \"$n/a.safetensors\" \"$n.safetensors\" && "
                       "\"$0\" weights inspect \"$n.safetensors\" >&2 && ls -d caf*/* && "
                       "\"$0\" classify \"$n.png\" --json"),
        m_folder);
    (void)inShell(QStringLiteral("rm -r caf*"), m_folder); // Qt can't
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY2(
        answer.out.startsWith(QStringLiteral("café/a.safetensors\ncafé/r.png\n")),
        qPrintable(answer.out)); // read as Latin-1
    QVERIFY2(answer.out.contains(QStringLiteral("\"top\"")), qPrintable(answer.out));
    QVERIFY(answer.err.contains(QStringLiteral("caf?.safetensors")));
}

void TestCliPictures::terminalsAreSafe_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString bad = QStringLiteral("\x1B]0;title\x07\u202Egnp\u2028x\u009B31m");
    QTest::newRow("picture") << QStringList{"classify", "./" + bad};
    QTest::newRow("picture, JSON") << QStringList{"classify", "./" + bad, "--json"};
    QTest::newRow("weights") << QStringList{"weights", "inspect", "./" + bad};
    QTest::newRow("labels") << QStringList{"classify", path("good.png"), "--labels", bad};
    QTest::newRow("output") << QStringList{"activations", path("good.png"), "-o", bad + "/x"};
    QTest::newRow("network") << QStringList{"cost", bad};
    QTest::newRow("option") << QStringList{"cost", "--" + bad};
    QTest::newRow("command") << QStringList{bad};
    QTest::newRow("value") << QStringList{"cost", "--per", bad};
    QTest::newRow("device") << QStringList{"bench", "--device", bad};
}

void TestCliPictures::terminalsAreSafe()
{
    QFETCH(const QStringList, arguments);
    const Answer answer = program(arguments);
    QVERIFY(answer.code > 0);
    QVERIFY(!answer.err.isEmpty());
    for (const QChar c : QString(answer.out + answer.err)) {
        const bool obeyed = (c < u' ' && c != u'\n') || (c >= u'\x7F' && c < u'\xA0') ||
                            (c >= QChar(0x2028) && c <= QChar(0x202E));
        QVERIFY2(!obeyed, qPrintable(QString::number(c.unicode(), 16)));
    }
    QVERIFY(answer.err.contains(QStringLiteral("gnp")));
}

/// A lesson of one's own for paper: the window goes through it, with nobody looking.
void TestCliPictures::handout()
{
    QVERIFY(QDir(m_folder.path()).mkpath("own"));
    QFile lesson(path("own/mine.md"));
    QVERIFY(lesson.open(QIODevice::WriteOnly));
    lesson.write("---\ntitle: Mine\nchapter: v1\nsummary: S\n---\n\n## One\n\n```stage\nshow: "
                 "inceptoscope:network=googlenet_bn&view=modules&module=inception3a\n```\n\nA "
                 "[kernel](term:kernel).\n\n## Two\n\nWords.\n\n```predict\nask: Which?\nmost: "
                 "macs\namong: [inception3a/branch1, inception3a/branch2]\n```\n\n## Three\n\n"
                 "Words.\n");
    lesson.close();
    const QString out = path("mine.pdf");
    const Answer answer = program({"lessons", path("own"), "--handout", "mine", "-o", out});
    QCOMPARE(answer.error(), QString());
    QCOMPARE(answer.code, 0);
    QFile pdf(out);
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    const QByteArray bytes = pdf.readAll();
    QVERIFY(bytes.startsWith("%PDF-") && bytes.trimmed().endsWith("%%EOF"));
    QVERIFY(bytes.count("/Subtype /Image") >= 3); // a figure a page
    QVERIFY(bytes.count("/Type /Page\n") >= 2);
}

/// A line for each fault, as compilers write them; lists of what there is are told to their end.
void TestCliPictures::lessonsChecked()
{
    QVERIFY(QDir(m_folder.path()).mkpath("faulty"));
    QFile lesson(path("faulty/mine.md"));
    QVERIFY(lesson.open(QIODevice::WriteOnly));
    lesson.write("---\ntitle: Mine\nchapter: v1\nsummary: S\n---\n\n## One\n\n```stage\nshow: "
                 "inceptoscope:network=googlenet_bn&view=laboratory&experiment=two-3x3&set=n=7\n```"
                 "\n\nWords.\n\n## Two\n\nWords.\n\n## Three\n\nWords.\n");
    lesson.close();
    const Answer answer = program({"lessons", path("faulty"), "--check"});
    QCOMPARE(answer.code, 1);
    QCOMPARE(
        answer.out.trimmed(),
        QString("mine.md:10: address: set n=7: the experiment two-3x3 has no setting \"n\"; it "
                "has: channels, relu, at"));
    const Answer sound = program({"lessons", path("own"), "--check"}); // of handout()
    QCOMPARE(sound.out.trimmed(), QString("1 lesson, no problem"));
}

/// Its figures would be empty.
void TestCliPictures::handoutWithoutDevice()
{
    const QString out = path("none.pdf");
    const Answer answer = program(
        {"lessons", "--handout", "11-many-sizes", "-o", out},
        {"VK_DRIVER_FILES=/nowhere", "VK_ICD_FILENAMES=/nowhere"});
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.error().startsWith("lessons: "), qPrintable(answer.err));
    QVERIFY(answer.error().contains("Vulkan"));
    QVERIFY(!QFile::exists(out));
}

void TestCliPictures::handoutRefuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no file") << QStringList{"lessons", "--handout", "11-many-sizes"}
                             << "lessons: --handout ID needs -o FILE.pdf to write";
    QTest::newRow("no lesson") << QStringList{"lessons", "--handout", "11-many", "-o", "x.pdf"}
                               << "--handout: there is no lesson \"11-many\"";
    QTest::newRow("no folder")
        << QStringList{"lessons", "--handout", "11-many-sizes", "-o", "/nowhere/x.pdf"}
        << "/nowhere";
}

void TestCliPictures::handoutRefuses()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, sentence);
    const Answer answer = program(arguments);
    QVERIFY(answer.code == 1 || answer.code == 2);
    QVERIFY2(answer.err.contains(sentence), qPrintable(answer.err));
    QCOMPARE(answer.err.count(u'\n'), 1);
}

QTEST_GUILESS_MAIN(TestCliPictures)
#include "test_cli_pictures.moc"
