// Displays that aren't there, don't answer, or can't be used: always a sentence.
#include "cli/program.h"
#include "support/test_main.h"

#include <QDir>
#include <QElapsedTimer>
#include <QImage>
#include <QTcpServer>
#include <QTemporaryDir>

#include <memory>

using namespace inceptoscope;

class TestCliDisplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void deadDisplaysAreASentence_data();
    void deadDisplaysAreASentence();
    void commandsNeedNone_data();
    void commandsNeedNone();
    void brokenPluginsAreASentence();
    void screenshots_data();
    void screenshots();
    void silentServersAreGivenUp();

private:
    static QStringList variables(const QStringList& environment);
    QTemporaryDir m_folder;
    QTcpServer m_silent; ///< takes connections and never says anything
    std::unique_ptr<QProcess> m_waiting;
};

QStringList TestCliDisplay::variables(const QStringList& environment)
{
    QStringList all = QProcess::systemEnvironment();
    all.removeIf([](const QString& v) {
        return v.startsWith("DISPLAY=") || v.startsWith("WAYLAND_DISPLAY=") ||
               v.startsWith("QT_QPA_PLATFORM=") || v.startsWith("XDG_SESSION_TYPE=") ||
               v.startsWith("XDG_RUNTIME_DIR=");
    });
    return all + environment;
}

/// The one that takes long goes on meanwhile.
void TestCliDisplay::initTestCase()
{
    int port = 6100;
    while (port < 6200 && !m_silent.listen(QHostAddress::LocalHost, quint16(port)))
        ++port;
    QVERIFY(m_silent.isListening());
    m_waiting = std::make_unique<QProcess>();
    m_waiting->setEnvironment(variables({QStringLiteral("DISPLAY=127.0.0.1:%1").arg(port - 6000)}));
    // Its time is its own: other tests go on meanwhile.
    m_waiting->start(
        "/bin/bash", {"-c", "\"$0\"; code=$?; echo $SECONDS; exit $code", INCEPTOSCOPE_PROGRAM});
    m_waiting->closeWriteChannel();
}

void TestCliDisplay::deadDisplaysAreASentence_data()
{
    QTest::addColumn<QStringList>("environment");
    QTest::addColumn<QString>("says");
    QTest::newRow("none") << QStringList{} << "neither DISPLAY nor WAYLAND_DISPLAY is set";
    QTest::newRow("empty") << QStringList{"DISPLAY=", "WAYLAND_DISPLAY=", "QT_QPA_PLATFORM="}
                           << "neither DISPLAY nor WAYLAND_DISPLAY is set";
    QTest::newRow("DISPLAY") << QStringList{"DISPLAY=:987"} << "DISPLAY=:987";
    QTest::newRow("no DISPLAY at all") << QStringList{"DISPLAY=nonsense"} << "DISPLAY=nonsense";
    QTest::newRow("refused") << QStringList{"DISPLAY=127.0.0.1:987"} << "DISPLAY=127.0.0.1:987";
    QTest::newRow("WAYLAND_DISPLAY")
        << QStringList{"WAYLAND_DISPLAY=wayland-987", "XDG_SESSION_TYPE=wayland"}
        << "WAYLAND_DISPLAY=wayland-987";
    QTest::newRow("both") << QStringList{"WAYLAND_DISPLAY=/nowhere/wayland-987", "DISPLAY=:987"}
                          << "WAYLAND_DISPLAY=/nowhere/wayland-987 or DISPLAY=:987";
    QTest::newRow("unknown platform")
        << QStringList{"QT_QPA_PLATFORM=nonsense"}
        << "QT_QPA_PLATFORM=nonsense opens none (Could not find the Qt platform plugin "
           "\"nonsense\")";
    for (const char* name : {"xcb", "wayland", "wayland-egl", "wayland;xcb", "linuxfb"})
        QTest::newRow(name) << QStringList{QStringLiteral("QT_QPA_PLATFORM=") + name}
                            << QStringLiteral("QT_QPA_PLATFORM=") + name;
}

void TestCliDisplay::deadDisplaysAreASentence()
{
    QFETCH(const QStringList, environment);
    QFETCH(const QString, says);
    QProcess process;
    // As in a session: without it, libwayland has a line of its own to say.
    process.setEnvironment(
        variables(environment + QStringList{"XDG_RUNTIME_DIR=" + m_folder.path()}));
    process.start(QStringLiteral(INCEPTOSCOPE_PROGRAM), QStringList());
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(60'000));
    const QString error = QString::fromUtf8(process.readAllStandardError());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY2(error.startsWith("inceptoscope: the window needs a display, and "), qPrintable(error));
    QVERIFY2(error.contains(says), qPrintable(error));
    QVERIFY2(
        error.endsWith("; the commands work without one (inceptoscope --help)\n"),
        qPrintable(error));
    QCOMPARE(error.count('\n'), 1);
}

void TestCliDisplay::commandsNeedNone_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString picture =
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/coffee.png");
    const QStringList weights{"--network", "googlenet", "--weights", "synthetic"};
    QTest::newRow("classify") << QStringList{"classify", picture} + weights;
    QTest::newRow("render") << QStringList{"render",   picture,
                                           "--module", "inception_3a",
                                           "-o",       m_folder.filePath("module.png")} +
                                   weights;
    QTest::newRow("activations")
        << QStringList{"activations", picture, "-o", m_folder.filePath("a.safetensors")} + weights;
}

void TestCliDisplay::commandsNeedNone()
{
    QFETCH(const QStringList, arguments);
    const Answer answer = program(
        arguments, {"DISPLAY=192.0.2.1:0", "WAYLAND_DISPLAY=x", "QT_QPA_PLATFORM=nonsense"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    // What was written is said there; a display is not.
    QVERIFY2(!answer.err.contains("a display"), qPrintable(answer.err));
    QVERIFY2(!answer.err.contains("platform"), qPrintable(answer.err));
}

/// Not even the platform that draws into memory opens.
void TestCliDisplay::brokenPluginsAreASentence()
{
    const QString plugins = m_folder.filePath("plugins");
    QVERIFY(QDir().mkpath(plugins + "/platforms"));
    QFile broken(plugins + "/platforms/libqxcb.so");
    QVERIFY(
        broken.open(QIODevice::WriteOnly) && broken.write("\x7f"
                                                          "ELF, or not") > 0);
    broken.close();
    const Answer answer = program({}, {"DISPLAY=:987", "QT_QPA_PLATFORM_PLUGIN_PATH=" + plugins});
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.err.contains("needs a display, and none answers"), qPrintable(answer.err));
    QCOMPARE(answer.err.count('\n'), 1);
}

void TestCliDisplay::screenshots_data()
{
    QTest::addColumn<QStringList>("place");
    QTest::newRow("module") << QStringList{"--module", "inception3b", "--theme", "light"};
    QTest::newRow("head that isn't run") << QStringList{"--module", "aux1", "--theme", "dark"};
}

void TestCliDisplay::screenshots()
{
    QFETCH(const QStringList, place);
    const QString path = m_folder.filePath("window.png");
    const Answer answer = program(
        QStringList{"--network", "googlenet_bn", "--screenshot", path, "--size", "900x650"} + place,
        {"QT_QPA_PLATFORM=offscreen", "DISPLAY="});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const QImage picture(path);
    QCOMPARE(picture.size(), QSize(900, 650));
    QCOMPARE(qGray(picture.pixel(5, 300)) > 128, place.contains("light"));
    QVERIFY(QFile::remove(path));
}

void TestCliDisplay::silentServersAreGivenUp()
{
    QVERIFY(m_waiting->waitForFinished(60'000));
    const int seconds = m_waiting->readAllStandardOutput().toInt();
    QVERIFY2(seconds >= 14 && seconds < 40, qPrintable(QString("%1 s").arg(seconds)));
    const QString error = QString::fromUtf8(m_waiting->readAllStandardError());
    QCOMPARE(m_waiting->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_waiting->exitCode(), 1);
    QVERIFY2(error.contains("(no answer within 15 seconds)"), qPrintable(error));
    QCOMPARE(error.count('\n'), 1);
}

INCEPTOSCOPE_TEST_MAIN(TestCliDisplay)
#include "test_cli_display.moc"
