// Commands that need no device, and wrong usage.
#include "cli/program.h"
#include "support/test_main.h"

#include <QtTest>

using namespace inceptoscope;

class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpOfEveryCommand_data();
    void helpOfEveryCommand();
    void version();
    void wrongUsage_data();
    void wrongUsage();
    void networksJson();
    void networksText();
    void costOfNetworks();
    void costSplits();
    void costAtAnotherSize();
    void closedPipe();
    void fullDisk();
};

void TestCli::helpOfEveryCommand_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command :
         {"", "networks", "cost", "classify", "activations", "gradients", "attribute", "visualize",
          "dream", "render", "bench", "compare", "report", "devices", "tune", "weights",
          "weights inspect", "weights list", "weights fetch"})
        QTest::newRow(command) << QString::fromLatin1(command);
}

void TestCli::helpOfEveryCommand()
{
    QFETCH(QString, command);
    const Answer answer =
        program(command.split(u' ', Qt::SkipEmptyParts) + QStringList{QStringLiteral("--help")});
    QCOMPARE(answer.code, 0);
    QVERIFY(answer.out.contains(QStringLiteral("Usage: inceptoscope ") + command));
    QCOMPARE(answer.err, QString());
}

void TestCli::version()
{
    const Answer answer = program({QStringLiteral("--version")});
    QCOMPARE(answer.code, 0);
    QVERIFY(answer.out.startsWith(QStringLiteral("inceptoscope ")));
}

void TestCli::wrongUsage_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* arguments, int code, const char* message) {
        QTest::newRow(arguments) << code << QString::fromUtf8(message);
    };
    const char* known = "networks, cost, classify, activations, gradients, attribute, visualize, "
                        "dream, render, bench, "
                        "compare, report, lessons, devices, tune, experiment, weights";
    row("clasify cat.jpg --top 3", 2,
        R"("clasify" is neither a command nor a file; did you mean "classify"?)");
    row("zzzzzzzzzz", 2,
        qPrintable(
            QStringLiteral(R"("zzzzzzzzzz" is neither a command nor a file; known are: )") +
            QLatin1String(known)));
    row("--network googlenot", 2,
        R"(--network: "googlenot" doesn't exist; did you mean "googlenet"?)");
    row("--network googlenet networks", 2,
        "--network stands before the command; write \"inceptoscope networks ...\" with everything "
        "else behind it");
    row("networks googlenot", 2,
        "network \"googlenot\" doesn't exist; the networks are: " ALL_NETWORKS);
    row("networks --nonsense", 2, "networks: The following argument was not expected: --nonsense");
    row("cost --per layer", 2, "cost: --per: layer not in {network,module,branch,op}");
    row("cost --input-size 40", 2,
        "network googlenet: an input of 40x40 doesn't fit (graph: loss1/ave_pool: a kernel of 5 "
        "doesn't fit into 2 pixels)");
    row("cost --json --csv", 2, "cost: --json excludes --csv");
    row("classify", 2, "classify: IMAGE is required");
    row("classify a.jpg --top 0", 2, "classify: --top: Value 0 not in range 1 to 100000");
    row("activations a.jpg", 2, "activations: --output is required");
    row("activations -o a.safetensors", 2,
        "activations: either IMAGE or --input-tensor FILE was expected");
    row("activations a.jpg -o /nowhere/a.safetensors", 1,
        "-o: /nowhere/a.safetensors can't be written: the folder /nowhere doesn't exist");
    row("activations a.jpg -o /", 1, "-o: /: a file name was expected, not a folder's");
    row("render a.jpg --module all -o /dev/null", 1,
        "-o: /dev/null is a file; --module all expects a folder");
    row("bench --precision fp8", 2, "bench: --precision: fp8 not in {fp32,fp16}");
    row("bench facenet --backward input", 2,
        "bench: --backward: FaceNet (Inception-ResNet v1) has no classes to start from");
    row("bench --evidence", 2, "bench: --evidence requires --live");
    row("bench googlenot", 2,
        "network \"googlenot\" doesn't exist; the networks are: " ALL_NETWORKS);
    row("weights", 2, "weights: A subcommand is required");
    row("weights inspect synthetic", 2,
        "weights inspect: synthetic depends on the network; add --network ID");
}

void TestCli::wrongUsage()
{
    QFETCH(int, code);
    QFETCH(QString, message);
    const QString arguments = QString::fromLatin1(QTest::currentDataTag());
    const Answer answer = program(arguments.split(u' '));
    QCOMPARE(answer.err, QStringLiteral("inceptoscope: ") + message + u'\n');
    QCOMPARE(answer.code, code);
    QCOMPARE(answer.out, QString());
}

void TestCli::networksJson()
{
    const Answer answer = program({"networks", "googlenet", "--json"});
    QCOMPARE(answer.code, 0);
    const QJsonObject network = answer.json().object();
    QCOMPARE(
        keys(network), QStringList(
                           {"differences", "family", "follows", "id", "input", "macs", "modules",
                            "paper", "params", "status", "title", "year"}));
    QCOMPARE(network["params"].toInteger(), 6998552);
    QCOMPARE(network["input"].toArray(), QJsonArray({3, 224, 224}));
    const QJsonArray modules = network["modules"].toArray();
    QCOMPARE(modules.size(), 20);
    const QJsonObject inception = modules[4].toObject();
    QCOMPARE(
        keys(inception), QStringList(
                             {"alias", "article", "branches", "drawn", "group", "kind", "macs",
                              "name", "params", "path", "shape", "tail", "title"}));
    QCOMPARE(inception["name"].toString(), QStringLiteral("inception_3a"));
    QCOMPARE(inception["alias"].toString(), QStringLiteral("inception3a"));
    QCOMPARE(inception["group"].toString(), QStringLiteral("Inception"));
    QVERIFY(inception["article"].toString().endsWith(QStringLiteral("(figure 2b)")));
    QCOMPARE(inception["shape"].toArray(), QJsonArray({256, 28, 28}));
    const QJsonArray branches = inception["branches"].toArray();
    QCOMPARE(branches.size(), 4);
    const QJsonObject branch = branches[2].toObject();
    QCOMPARE(keys(branch), QStringList({"name", "ops", "shape"}));
    const QJsonObject op = branch["ops"].toArray()[1].toObject();
    QCOMPARE(
        keys(op), QStringList(
                      {"in_shape", "kernel", "macs", "name", "op", "out_shape", "padding", "params",
                       "stride", "weight_key"}));
    QCOMPARE(op["name"].toString(), QStringLiteral("inception_3a/5x5"));
    QCOMPARE(op["weight_key"].toString(), QStringLiteral("inception_3a/5x5"));
    QCOMPARE(op["kernel"].toArray(), QJsonArray({5, 5}));
    QCOMPARE(op["stride"].toArray(), QJsonArray({1, 1}));
    QCOMPARE(op["padding"].toArray(), QJsonArray({2, 2, 2, 2}));
    QCOMPARE(op["in_shape"].toArray(), QJsonArray({16, 28, 28}));
    QCOMPARE(op["out_shape"].toArray(), QJsonArray({32, 28, 28}));
    QCOMPARE(op["params"].toInteger(), 16 * 32 * 25 + 32);
    QCOMPARE(op["macs"].toInteger(), 16 * 32 * 25 * 28 * 28);
    const QJsonObject pool = branches[3].toObject()["ops"].toArray()[0].toObject();
    QCOMPARE(pool["op"].toString(), QStringLiteral("maxpool"));
    QVERIFY(pool["weight_key"].isNull());
}

void TestCli::networksText()
{
    const Answer all = program({"networks"});
    QCOMPARE(all.code, 0);
    QVERIFY(
        all.out.contains(QStringLiteral("\ngooglenet                  GoogLeNet (Inception v1)")));
    const Answer one = program({"networks", "googlenet"});
    QCOMPARE(one.code, 0);
    QVERIFY(one.out.contains(QStringLiteral("    5x5_reduce ")));
    QVERIFY(!one.out.contains(QChar(0xA0)));
}

void TestCli::costOfNetworks()
{
    const Answer answer = program({"cost", "--json"});
    QCOMPARE(answer.code, 0);
    const QJsonObject row = answer.json().array()[0].toObject();
    QCOMPARE(row["network"].toString(), QStringLiteral("googlenet"));
    QCOMPARE(row["macs"].toInteger(), 1582671872);
    QCOMPARE(row["weight_bytes"].toInteger(), 6998552 * 4);
    QVERIFY(row["activation_bytes"].toInteger() > 20'000'000);
    QVERIFY(row["params_aux"].toInteger() > 6'000'000);
    QVERIFY(row["macs_aux"].toInteger() > 0);
}

void TestCli::costSplits()
{
    for (const char* per : {"module", "op"}) {
        const Answer answer = program({"cost", "googlenet", "--json", "--per", per});
        qint64 macs = 0;
        for (const QJsonValue row : answer.json().array())
            if (!row.toObject()["auxiliary"].toBool())
                macs += row.toObject()["macs"].toInteger();
        QCOMPARE(macs, 1582671872);
    }
    const Answer csv = program({"cost", "--csv", "--per", "branch"});
    QVERIFY(csv.out.startsWith(QStringLiteral("network,module,branch,params,macs,")));
    QVERIFY(csv.out.contains(QStringLiteral("\ngooglenet,inception_3a,pool_proj,6176,4816896,")));
}

void TestCli::costAtAnotherSize()
{
    const Answer answer = program({"cost", "--json", "--input-size", "448"});
    const QJsonObject row = answer.json().array()[0].toObject();
    QCOMPARE(row["params"].toInteger(), 6998552);
    QCOMPARE(row["input_size"].toInt(), 448);
    const qint64 linear = 1024000;
    QCOMPARE(row["macs"].toInteger() - linear, (1582671872 - linear) * 4);
}

void TestCli::closedPipe()
{
    QProcess shell;
    shell.start(
        "/bin/bash",
        {"-c", "set -o pipefail; for i in 1 2 3; do " INCEPTOSCOPE_PROGRAM
               " networks googlenet --json; done | head -c 10 > /dev/null; echo ${PIPESTATUS[0]}"});
    QVERIFY(shell.waitForFinished(60'000));
    QCOMPARE(shell.readAllStandardOutput().trimmed(), QByteArray("0"));
    QCOMPARE(shell.readAllStandardError(), QByteArray());
}

void TestCli::fullDisk()
{
    QProcess shell;
    shell.start("/bin/sh", {"-c", INCEPTOSCOPE_PROGRAM " networks > /dev/full"});
    QVERIFY(shell.waitForFinished(60'000));
    QCOMPARE(shell.exitCode(), 1);
    QVERIFY(shell.readAllStandardError().contains("no space left on the device"));
}

INCEPTOSCOPE_TEST_MAIN(TestCli)
#include "test_cli.moc"
