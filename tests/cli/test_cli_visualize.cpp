// The commands that make pictures by gradient ascent.
#include "cli/program.h"
#include "support/test_main.h"

#include <QImage>
#include <QTemporaryDir>

#include <csignal>

using namespace inceptoscope;

class TestCliVisualize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void growsAChannel();
    void seeds();
    void dreams();
    void refuses_data();
    void refuses();
    void stopped();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(name); }
    [[nodiscard]] Answer visualize(const QStringList& more, const char* out) const
    {
        return program(
            QStringList{"visualize", "--size", "64", "--steps", "6", "-o", path(out)} + more);
    }
    QTemporaryDir m_folder;
};

void TestCliVisualize::initTestCase()
{
    QImage picture(90, 60, QImage::Format_RGB888);
    for (int y = 0; y < 60; ++y)
        for (int x = 0; x < 90; ++x)
            picture.setPixelColor(x, y, QColor(2 * x, 4 * y, (x ^ y) & 0xff));
    QVERIFY(picture.save(path("picture.png")));
}

void TestCliVisualize::growsAChannel()
{
    const Answer answer = visualize({"--channel", "inception3a:70", "--json"}, "channel.png");
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const QJsonObject json = answer.json().object();
    QCOMPARE(
        keys(json),
        (QStringList{"after", "before", "channel", "network", "output", "seed", "size", "steps"}));
    QCOMPARE(json["network"].toString(), "googlenet_bn");
    QCOMPARE(json["channel"].toString(), "inception3a:70");
    QCOMPARE(json["size"].toInt(), 64);
    QCOMPARE(json["seed"].toInt(), 1);
    QVERIFY(json["after"].toDouble() > json["before"].toDouble() + 0.1);
    const QImage picture(path("channel.png"));
    QCOMPARE(picture.size(), QSize(64, 64));
    // A channel of a module is that of the branch that makes it: 64 of the first.
    const Answer branch = visualize({"--channel", "inception3a/branch2:6", "--json"}, "same.png");
    QVERIFY2(branch.code == 0, qPrintable(branch.err));
    QCOMPARE(QImage(path("same.png")), picture);
    QCOMPARE(branch.json().object()["after"].toDouble(), json["after"].toDouble());
}

void TestCliVisualize::seeds()
{
    const QStringList channel{"--channel", "inception3a:70", "--seed"};
    QCOMPARE(visualize(channel + QStringList{"8"}, "a.png").code, 0);
    QCOMPARE(visualize(channel + QStringList{"8"}, "b.png").code, 0);
    QCOMPARE(visualize(channel + QStringList{"9"}, "c.png").code, 0);
    QCOMPARE(QImage(path("a.png")), QImage(path("b.png")));
    QVERIFY(QImage(path("a.png")) != QImage(path("c.png")));
}

void TestCliVisualize::dreams()
{
    const auto dream = [&](const char* at, const char* out) {
        return program(
            {"dream", path("picture.png"), "--at", at, "--octaves", "2", "--steps", "2", "--size",
             "72", "-o", path(out), "--json"});
    };
    const Answer answer = dream("inception3a", "dream.png");
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(answer.json().object()["size"].toArray(), (QJsonArray{72, 48}));
    const QImage dreamt(path("dream.png"));
    QCOMPARE(dreamt.size(), QSize(72, 48));
    QVERIFY2(dream("inception3a:5", "channel.png").code == 0, "a channel");
    QVERIFY(QImage(path("channel.png")) != dreamt);
}

void TestCliVisualize::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    const QStringList grow{"visualize", "-o", "out.png"};
    const QStringList dream{"dream", "picture.png", "-o", "out.png"};
    QTest::newRow("no channel") << grow + QStringList{"--channel", "inception3a"} << 2
                                << "--channel: a channel was expected, NODE:K such as "
                                   "inception3a:0, not \"inception3a\"";
    QTest::newRow("no number") << grow + QStringList{"--channel", "inception3a:x"} << 2
                               << "--channel: a channel's number was expected behind the colon, "
                                  "not \"x\" (such as inception3a:12)";
    QTest::newRow("no such channel")
        << grow + QStringList{"--channel", "inception3a:256"} << 2
        << "--channel: inception3a has no channel 256, it has 256 (0 to 255)";
    QTest::newRow("the input") << grow + QStringList{"--channel", "input:0"} << 2
                               << "input is the picture itself: ask for a channel of a later layer";
    QTest::newRow("halves") << grow +
                                   QStringList{"--channel", "inception3a:1", "--precision", "fp16"}
                            << 2
                            << "visualize: gradients are made in fp32 only; leave out --precision";
    QTest::newRow("nowhere")
        << QStringList{"visualize", "--channel", "inception3a:1", "-o", "/nowhere/a.png"} << 1
        << "the folder /nowhere doesn't exist";
    QTest::newRow("everything") << dream + QStringList{"--at", "all"} << 2
                                << "--at: one module, branch or op was expected, not \"all\"";
    QTest::newRow("no picture") << QStringList{"dream",       "none.png", "--at",
                                               "inception3a", "-o",       "out.png"}
                                << 1 << "none.png was not found";
}

void TestCliVisualize::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, message);
    for (QString& argument : arguments)
        if (argument == QLatin1String("picture.png") || argument == QLatin1String("out.png"))
            argument = m_folder.filePath(argument);
    const Answer answer = program(arguments);
    QCOMPARE(answer.code, code);
    QVERIFY2(answer.error().contains(message), qPrintable(answer.err));
    QCOMPARE(answer.error().count(u'\n'), 0);
    QVERIFY(!QFile::exists(path("out.png")));
}

/// Ctrl+C: what was there before is still there, and nothing else.
void TestCliVisualize::stopped()
{
    QTemporaryDir folder;
    const QString out = folder.filePath("out.png");
    QVERIFY(QFile::copy(path("picture.png"), out));
    QProcess process;
    process.start(
        INCEPTOSCOPE_PROGRAM, {"visualize", "--channel", "inception3a:70", "--size", "64",
                               "--steps", "100000", "-o", out});
    QVERIFY(process.waitForStarted());
    QVERIFY(!process.waitForFinished(3000));
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitCode(), 128 + SIGINT);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{"out.png"});
    QCOMPARE(QImage(out), QImage(path("picture.png")));
}

INCEPTOSCOPE_TEST_MAIN(TestCliVisualize)
#include "test_cli_visualize.moc"
