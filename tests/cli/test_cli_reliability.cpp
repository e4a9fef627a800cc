// What the program leaves behind, and says, where something outside it fails: stopped in the
// middle, without room, without memory or threads, with other things where its files belong.
#include "cli/program.h"
#include "support/test_main.h"

#include <QDir>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace inceptoscope;

class TestCliReliability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void standardOutputIsWrittenTo();
    void fullDevice();
    void fileLimit();
    void linkAndModeAreKept();
    void refusedAtOnce_data();
    void refusedAtOnce();
    void stopped_data();
    void stopped();
    void stateThatIsNoFile_data();
    void stateThatIsNoFile();
    void tuneKeepsEachLayer();
    void tuneFailsWhereNothingCanBeKept();
    void littleAddressSpace_data();
    void littleAddressSpace();
    void withoutThreads();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    /// All in the folder, hidden ones too.
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] QStringList activations(const QString& out) const
    {
        return {"activations", m_picture, "--network", "googlenet", "--weights",
                "synthetic",   "--tap",   "logits",    "-o",        out};
    }
    /// The program behind another command, such as prlimit.
    static Answer behind(QStringList command, const QStringList& arguments)
    {
        QProcess process;
        const QString first = command.takeFirst();
        process.start(first, command + QStringList{INCEPTOSCOPE_PROGRAM} + arguments);
        if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
            return {-1, {}, process.errorString() + process.readAllStandardError()};
        return {
            process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
    }

    const QString m_picture =
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/torus.png");
    QTemporaryDir m_cache;
    QString m_pipelines; ///< the file of that name in the cache folder
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliReliability::initTestCase()
{
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_cache.path()));
    init();
    QCOMPARE(program(activations(path("out"))).code, 0);
    const QDir folder(m_cache.filePath("inceptoscope"));
    const QStringList files = folder.entryList({"pipelines-*.bin"}, QDir::Files);
    QCOMPARE(files.size(), 1);
    m_pipelines = folder.filePath(files[0]);
}

void TestCliReliability::standardOutputIsWrittenTo()
{
    QProcess process;
    process.start(INCEPTOSCOPE_PROGRAM, activations("/dev/stdout"));
    QVERIFY(process.waitForFinished(120'000));
    QCOMPARE(process.exitCode(), 0);
    const QByteArray out = process.readAllStandardOutput();
    QVERIFY(out.size() > 4000 && out.left(200).contains("\"__metadata__\""));
    QVERIFY(out.contains("\"logits\""));
    // A file that the shell had opened is gone on with.
    process.setStandardOutputFile(path("out"), QIODevice::Append);
    QFile before(path("out"));
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
    before.close();
    process.start(INCEPTOSCOPE_PROGRAM, activations("/dev/stdout"));
    QVERIFY(process.waitForFinished(120'000));
    QVERIFY(before.open(QIODevice::ReadOnly));
    QCOMPARE(before.readAll(), "before" + out);
    QVERIFY(QFileInfo("/dev/stdout").isSymLink());
}

void TestCliReliability::fullDevice()
{
    const Answer answer = program(activations("/dev/full"));
    QCOMPARE(answer.code, 1);
    QCOMPARE(
        answer.error(), "inceptoscope: /dev/full can't be written: no space left on the device");
    struct stat info = {};
    QVERIFY(stat("/dev/full", &info) == 0 && S_ISCHR(info.st_mode));
}

/// Stands in for a disk without room: in place of a signal there is a sentence.
void TestCliReliability::fileLimit()
{
    QFile before(path("out"));
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
    before.close();
    const Answer answer = behind({"prlimit", "--fsize=1000"}, activations(path("out")));
    QCOMPARE(answer.code, 1);
    QCOMPARE(answer.error(), "inceptoscope: " + path("out") + " can't be written: file too large");
    QCOMPARE(names(), QStringList{"out"});
    QCOMPARE(QFileInfo(path("out")).size(), 6);
}

void TestCliReliability::linkAndModeAreKept()
{
    QFile target(path("target"));
    QVERIFY(target.open(QIODevice::WriteOnly));
    target.close();
    QCOMPARE(chmod(qPrintable(path("target")), 0640), 0);
    QVERIFY(QFile::link("target", path("link.png")));
    const Answer answer = program(
        {"render", m_picture, "--network", "googlenet", "--weights", "synthetic", "-o",
         path("link.png")});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY(QFileInfo(path("link.png")).isSymLink());
    struct stat info = {};
    QCOMPARE(stat(qPrintable(path("target")), &info), 0);
    QCOMPARE(info.st_mode & 07777U, 0640U);
    QVERIFY(info.st_size > 1000);
    QCOMPARE(names(), (QStringList{"link.png", "target"}));
}

void TestCliReliability::refusedAtOnce_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const QString out = QStringLiteral("/dev/null/x");
    const QStringList render{"render", m_picture, "-o"};
    QTest::newRow("activations") << QStringList{"activations", m_picture, "-o", out}
                                 << "-o: /dev/null/x can't be written: not a directory";
    QTest::newRow("render") << render + QStringList{out}
                            << "-o: /dev/null/x can't be written: not a directory";
    QTest::newRow("render all") << render + QStringList{out, "--module", "all"}
                                << "-o: the folder /dev/null/x can't be made: not a directory";
    QTest::newRow("render all into a file")
        << render + QStringList{m_picture, "--module", "all"}
        << "-o: " + m_picture + " is a file; --module all expects a folder";
    QTest::newRow("report") << QStringList{"report", m_picture, "-o", out}
                            << "-o: /dev/null/x can't be written: not a directory";
}

/// Before a device is opened, with the system's own reason.
void TestCliReliability::refusedAtOnce()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, says);
    const Answer answer = program(arguments, {"INCEPTOSCOPE_FAULT=no_device"});
    QCOMPARE(answer.code, 1);
    QCOMPARE(answer.err, "inceptoscope: " + says + "\n");
}

void TestCliReliability::stopped_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl-C") << SIGINT;
    QTest::newRow("terminated") << SIGTERM;
    QTest::newRow("hung up") << SIGHUP;
    QTest::newRow("file limit, by somebody") << SIGXFSZ;
    QTest::newRow("killed") << SIGKILL;
}

/// In the middle of writing: into a pipe that nobody reads it would wait for ever.
void TestCliReliability::stopped()
{
    QFETCH(const int, signal);
    QFile before(path("report.png"));
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
    before.close();
    QProcess process;
    QStringList arguments = activations(path("report.png"));
    arguments[arguments.indexOf("logits")] = "all";
    process.start(INCEPTOSCOPE_PROGRAM, arguments);
    const QDir folder(m_folder->path());
    bool writing = false;
    // The first file of the kind only tries whether one can be made.
    while (!writing && !process.waitForFinished(0)) {
        const QFileInfoList files =
            folder.entryInfoList({".inceptoscope-*"}, QDir::Files | QDir::Hidden);
        writing = !files.isEmpty() && files[0].size() > 0;
    }
    QVERIFY2(writing, "it was done before it could be stopped");
    ::kill(pid_t(process.processId()), signal);
    QVERIFY(process.waitForFinished(30'000));
    if (signal == SIGKILL) {
        QCOMPARE(names().size(), 2);
        QCOMPARE(program(activations(path("other"))).code, 0); // which sweeps
        QCOMPARE(names(), (QStringList{"other", "report.png"}));
    } else {
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 128 + signal);
        QCOMPARE(names(), QStringList{"report.png"});
    }
    QCOMPARE(QFileInfo(path("report.png")).size(), 6);
}

void TestCliReliability::stateThatIsNoFile_data()
{
    QTest::addColumn<bool>("forms");
    QTest::addColumn<QString>("kind");
    for (const bool forms : {false, true})
        for (const char* kind : {"a folder", "a pipe", "a device"})
            QTest::addRow("%s: %s", forms ? "forms" : "pipelines", kind) << forms << kind;
}

void TestCliReliability::stateThatIsNoFile()
{
    QFETCH(const bool, forms);
    QFETCH(const QString, kind);
    QVERIFY(QDir().mkpath(path("inceptoscope")));
    QString name = QFileInfo(m_pipelines).fileName();
    if (forms)
        name.replace("pipelines", "forms").replace(".bin", ".json");
    const QString file = path("inceptoscope/" + name);
    if (kind == "a folder")
        QVERIFY(QDir().mkpath(file));
    else if (kind == "a pipe")
        QCOMPARE(mkfifo(qPrintable(file), 0600), 0);
    else
        QVERIFY(QFile::link("/dev/zero", file));
    const Answer answer = program(activations(path("out")), {"XDG_CACHE_HOME=" + m_folder->path()});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const QString sentence = file + " is " + kind + ", not a file, and is passed over\n";
    QVERIFY2(answer.err.contains(sentence), qPrintable(answer.err));
    QCOMPARE(answer.err.count("is passed over"), 1);
    QVERIFY(QFile::exists(path("out")));
}

void TestCliReliability::tuneKeepsEachLayer()
{
    QProcess process;
    process.setEnvironment(
        QProcess::systemEnvironment() + QStringList{"XDG_CACHE_HOME=" + m_folder->path()});
    process.start(INCEPTOSCOPE_PROGRAM, {"tune", "inception_v3"});
    const auto layers = [&] {
        const QDir cache(path("inceptoscope"));
        QFile file(cache.filePath(cache.entryList({"forms-*.json"}).value(0)));
        if (!file.open(QIODevice::ReadOnly))
            return qsizetype(0);
        return QJsonDocument::fromJson(file.readAll())["forms"].toObject().size();
    };
    while (layers() == 0 && !process.waitForFinished(20)) {
    }
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(layers() > 0);
    QVERIFY(QDir(path("inceptoscope"))
                .entryList({".inceptoscope-*"}, QDir::Files | QDir::Hidden)
                .isEmpty());
}

void TestCliReliability::tuneFailsWhereNothingCanBeKept()
{
    QElapsedTimer timer;
    timer.start();
    const Answer answer = program({"tune"}, {"XDG_CACHE_HOME=/dev/null"});
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.err.contains("can't be written: not a directory"), qPrintable(answer.err));
    QVERIFY(timer.elapsed() < 20'000);
    const Answer nowhere = program({"tune"}, {"XDG_CACHE_HOME=", "HOME="});
    QCOMPARE(nowhere.code, 1);
    QVERIFY2(nowhere.err.contains("there is no cache folder"), qPrintable(nowhere.err));
}

void TestCliReliability::littleAddressSpace_data()
{
    QTest::addColumn<int>("mebibytes");
    for (const int mebibytes : {300, 700, 1000, 1400})
        QTest::addRow("%d MiB", mebibytes) << mebibytes;
}

/// It works or says why not; never a signal, and it comes to an end.
void TestCliReliability::littleAddressSpace()
{
    QFETCH(const int, mebibytes);
    const Answer answer = behind(
        {"prlimit", QStringLiteral("--as=%1").arg(qint64(mebibytes) << 20)},
        activations(path("out")));
    QVERIFY2(answer.code == 0 || answer.code == 1, qPrintable(answer.err));
    if (answer.code == 1) {
        QVERIFY2(answer.error().contains("inceptoscope: "), qPrintable(answer.err));
        QCOMPARE(names(), QStringList());
    }
}

void TestCliReliability::withoutThreads()
{
    QStringList command{"prlimit", "--nproc=1"};
    if (geteuid() == 0) // whom no such limit holds for
        command =
            QStringList{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"} + command;
    const Answer tried = behind(command, {"--version"});
    if (tried.code != 0)
        QSKIP(qPrintable("another user can't run the program here: " + tried.err));
    const Answer answer = behind(command, {"devices"});
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.err.contains("threads that a driver may need"), qPrintable(answer.err));
    QCOMPARE(answer.err.count('\n'), 1);
}

INCEPTOSCOPE_TEST_MAIN(TestCliReliability)
#include "test_cli_reliability.moc"
