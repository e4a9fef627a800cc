#include "cli/program.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/synthetic.h"
#include "zoo/network.h"

#include <QImage>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace inceptoscope;

/// The program as `cmake --install` leaves it, and what a desktop and a shell know of it.
class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theProgramFindsItsWeights();
    void iconsHaveTheirSizes();
    void theManPageTellsAllCommands();
    void itsTypesAreKnown();
    void validatorsAgree_data();
    void validatorsAgree();
    void bashCompletes_data();
    void bashCompletes();
    void weightsOpenInThePicturesPlace();

private:
    [[nodiscard]] QString installed(const QString& relative) const
    {
        return m_folder.filePath("usr/" + relative);
    }
    [[nodiscard]] QByteArray contents(const QString& relative) const
    {
        QFile file(installed(relative));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
};

namespace {

/// Runs one of the system's programs: its exit code and all that it printed.
Answer system(const QString& name, const QStringList& arguments)
{
    QProcess process;
    process.start(name, arguments);
    if (!process.waitForFinished(60'000))
        return {-1, {}, process.errorString()};
    return {
        process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

bool have(const QString& name)
{
    return !QStandardPaths::findExecutable(name).isEmpty();
}

/// The first column below the heading COMMANDS of a help.
QStringList commandsIn(const QString& help)
{
    QStringList names;
    bool below = false;
    for (const QString& line : help.split(u'\n')) {
        if (below && line.size() > 2 && line.startsWith(QStringLiteral("  ")) && line.at(2) != u' ')
            names << line.mid(2).section(u' ', 0, 0);
        below = below || line.startsWith(QStringLiteral("Subcommands:"));
    }
    return names;
}

} // namespace

void TestDesktop::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const Answer answer = system(
        INCEPTOSCOPE_CMAKE, {"--install", INCEPTOSCOPE_BUILD_DIR, "--prefix", installed("")});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
}

void TestDesktop::theProgramFindsItsWeights()
{
    const Answer answer = system(installed("bin/inceptoscope"), {"weights", "list", "--json"});
    QCOMPARE(answer.err, "");
    const QString bundled =
        QFileInfo(installed("share/inceptoscope/weights/googlenet_bn.safetensors"))
            .canonicalFilePath();
    QVERIFY(!bundled.isEmpty());
    QStringList paths;
    for (const QJsonValue& row : answer.json().array())
        paths << QFileInfo(row.toObject()["path"].toString()).canonicalFilePath();
    QVERIFY2(paths.contains(bundled), qPrintable(answer.out));
}

void TestDesktop::iconsHaveTheirSizes()
{
    for (const int side : {16, 24, 32, 48, 64, 128, 256}) {
        const QString size = QString::number(side) + 'x' + QString::number(side);
        const QImage icon(installed("share/icons/hicolor/" + size + "/apps/inceptoscope.png"));
        QCOMPARE(icon.size(), QSize(side, side));
        QCOMPARE(qAlpha(icon.pixel(0, 0)), 0);
        QCOMPARE(qAlpha(icon.pixel(side / 2, side / 2)), 255);
    }
    QVERIFY(contents("share/icons/hicolor/scalable/apps/inceptoscope.svg").contains("<svg"));
}

void TestDesktop::theManPageTellsAllCommands()
{
    const QString file = installed("share/man/man1/inceptoscope.1.gz");
    const QString page = system("gzip", {"-dc", file}).out;
    QStringList commands = commandsIn(program({"--help"}).out);
    QVERIFY2(commands.size() >= 11, qPrintable(commands.join(u' ')));
    commands.removeAll("weights");
    for (const QString& one : commandsIn(program({"weights", "--help"}).out))
        commands << "weights " + one;
    for (const QString& command : commands) {
        QVERIFY2(page.contains(".SS inceptoscope " + command + "\n"), qPrintable(command));
        const QString part =
            page.section(".SS inceptoscope " + command + "\n", 1).section(".S", 0, 0);
        const QString help = program(command.split(u' ') << "--help").out;
        static const QRegularExpression option(QStringLiteral("^  (?:-\\w,)?(--[a-z-]+)"));
        for (const QString& line : help.split(u'\n')) {
            const QString name = option.match(line).captured(1);
            if (!name.isEmpty() && !line.contains("--help"))
                QVERIFY2(
                    part.contains("\\fB" + QString(name).replace('-', "\\-") + "\\fR"),
                    qPrintable(command + ' ' + name));
        }
    }
    if (!have("man"))
        QSKIP("man isn't installed");
    const Answer answer = system("man", {"--warnings", "-E", "UTF-8", "-l", "-Tutf8", file});
    QCOMPARE(answer.code, 0);
    QCOMPARE(answer.err, "");
    QVERIFY(answer.out.contains("A file that replaces"));
}

void TestDesktop::itsTypesAreKnown()
{
    const QByteArray entry = contents("share/applications/org.inceptoscope.Inceptoscope.desktop");
    const QByteArray types = contents("share/mime/packages/inceptoscope.xml");
    const qsizetype begin = entry.indexOf("MimeType=") + 9;
    int own = 0;
    for (const QByteArray& type : entry.mid(begin, entry.indexOf('\n', begin) - begin).split(';'))
        if (type.startsWith("application/")) {
            QVERIFY2(types.contains("type=\"" + type + '"'), type.constData());
            ++own;
        }
    QCOMPARE(own, 3);
    QVERIFY(entry.contains("\nIcon=inceptoscope\n"));
}

void TestDesktop::validatorsAgree_data()
{
    QTest::addColumn<QString>("validator");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("desktop entry")
        << "desktop-file-validate"
        << QStringList{installed("share/applications/"
                                 "org.inceptoscope.Inceptoscope.desktop")};
    QTest::newRow("metainfo")
        << "appstreamcli"
        << QStringList{
               "validate", "--no-net",
               installed("share/metainfo/org.inceptoscope.Inceptoscope.metainfo.xml")};
    QTest::newRow("types") << "update-mime-database" << QStringList{installed("share/mime")};
    QTest::newRow("bash") << "bash"
                          << QStringList{
                                 "-n", installed("share/bash-completion/completions/"
                                                 "inceptoscope")};
    QTest::newRow("zsh") << "zsh"
                         << QStringList{"-n", installed("share/zsh/site-functions/_inceptoscope")};
    QTest::newRow("fish") << "fish"
                          << QStringList{
                                 "-n", installed("share/fish/vendor_completions.d/"
                                                 "inceptoscope.fish")};
}

void TestDesktop::validatorsAgree()
{
    QFETCH(const QString, validator);
    QFETCH(const QStringList, arguments);
    QVERIFY2(QFileInfo::exists(arguments.last()), qPrintable(arguments.last()));
    if (!have(validator))
        QSKIP(qPrintable(validator + " isn't installed"));
    const Answer answer = system(validator, arguments);
    QVERIFY2(answer.code == 0, qPrintable(answer.out + answer.err));
    if (validator != "update-mime-database") // which remarks on the folder
        QCOMPARE(answer.err, "");
}

void TestDesktop::bashCompletes_data()
{
    QTest::addColumn<QStringList>("words"); // the last one is completed
    QTest::addColumn<QString>("offered");
    const QString ids = QString(ALL_NETWORKS).remove(',');
    QTest::newRow("command") << QStringList{"cl"} << "classify";
    QTest::newRow("command of a group") << QStringList{"weights", ""} << "inspect list fetch";
    QTest::newRow("option") << QStringList{"bench", "--pre"} << "--precision";
    QTest::newRow("option of the window") << QStringList{"--n"} << "--network";
    QTest::newRow("nothing of other commands") << QStringList{"devices", "--network"} << "";
    QTest::newRow("hidden") << QStringList{"--screen"} << "";
    QTest::newRow("choice") << QStringList{"bench", "--precision", ""} << "fp32 fp16";
    QTest::newRow("choice behind =") << QStringList{"cost", "--per", "=", "mo"} << "module";
    QTest::newRow("nothing typed behind =")
        << QStringList{"cost", "--per", "="} << "network module branch op";
    QTest::newRow("network") << QStringList{"classify", "a.png", "--network", ""} << ids;
    QTest::newRow("positional network") << QStringList{"cost", "inception_v3", "inception_v"}
                                        << "inception_v2 inception_v3 inception_v4";
    QTest::newRow("below a group") << QStringList{"weights", "fetch", "face"} << "facenet";
    QTest::newRow("colours") << QStringList{"render", "a.png", "--colormap", "v"} << "viridis";
    QTest::newRow("free value") << QStringList{"bench", "--runs", ""} << "";
    QTest::newRow("file") << QStringList{"classify", "a pic"} << "a picture.png";
    QTest::newRow("output") << QStringList{"render", "x.png", "-o", "a p"} << "a picture.png";
    QTest::newRow("another command's option")
        << QStringList{"bench", "--live", "--weights", "s"} << "";
    QTest::newRow("weights") << QStringList{"classify", "--weights", "sy"} << "synthetic";
}

void TestDesktop::bashCompletes()
{
    QFETCH(const QStringList, words);
    QFETCH(const QString, offered);
    QFile picture(m_folder.filePath("a picture.png"));
    QVERIFY(picture.open(QIODevice::WriteOnly));
    const QString script = "source \"$1\"; cd \"$2\"; shift 2; COMP_WORDS=(inceptoscope \"$@\"); "
                           "COMP_CWORD=$#; _inceptoscope; echo \"${COMPREPLY[*]}\"";
    const Answer answer = system(
        "bash",
        QStringList{
            "-uc", script, "bash", installed("share/bash-completion/completions/inceptoscope"),
            m_folder.path()} +
            words);
    QCOMPARE(answer.err, "");
    QCOMPARE(answer.out.trimmed(), offered);
}

/// As file managers open weights: the window takes the network that they are of.
void TestDesktop::weightsOpenInThePicturesPlace()
{
    const Graph graph = makeNetwork("googlenet").graph;
    std::vector<std::vector<float>> values;
    std::vector<NamedTensor> tensors;
    for (const Parameter& p : parameters(graph, false))
        values.push_back(syntheticTensor(p.key, p.shape, ""));
    size_t i = 0;
    for (const Parameter& p : parameters(graph, false))
        tensors.push_back({.key = p.key, .shape = p.shape, .data = values[i++]});
    const QString weights = m_folder.filePath("own.safetensors");
    writeSafetensors(weights.toStdString(), tensors, {});

    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    environment.insert("INCEPTOSCOPE_TRACE", "1");
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(INCEPTOSCOPE_PROGRAM, {weights, "--settings", m_folder.filePath("settings.ini")});
    QByteArray said;
    while (!said.contains("network ready: ") && process.waitForReadyRead(120'000))
        said += process.readAll();
    process.kill();
    process.waitForFinished();
    said += process.readAll();
    QVERIFY2(said.contains("network ready: googlenet\n"), said.constData());
}

INCEPTOSCOPE_TEST_MAIN(TestDesktop)
#include "test_desktop.moc"
