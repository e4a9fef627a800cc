#include "cli/program.h"
#include "reference/reference.h"
#include "support/test_main.h"
#include "weights/safetensors/safetensors.h"

#include <QDir>
#include <QTemporaryDir>

#include <cmath>

using namespace inceptoscope;

/// torchvision's own networks, written by PyTorch in the forms that people have, through the
/// whole program. Every form of every net: INCEPTOSCOPE_EXHAUSTIVE=1 (about an hour).
class TestTorchModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logits_data();
    void logits();

private:
    void classifyPicture(
        const QTemporaryDir& folder, const QString& variant, const QString& network) const;
    void compare(const QTemporaryDir& folder, const QString& variant, const QString& network) const;
};

static std::vector<float> read(const TensorSource& file, std::string_view key)
{
    const auto index = file.find(key);
    if (!index)
        return {};
    std::vector<float> values(file.tensors()[*index].elements());
    file.read(*index, values);
    return values;
}

/// Relative L2 of one tensor; infinite where one is missing or another has its size.
static double difference(
    const TensorSource& got, std::string_view name, const TensorSource& expected,
    std::string_view as)
{
    const std::vector<float> found = read(got, name);
    const std::vector<float> wanted = read(expected, as);
    if (found.empty() || found.size() != wanted.size())
        return INFINITY;
    const std::vector<double> exact(wanted.begin(), wanted.end());
    return relativeL2(std::span<const float>(found), std::span<const double>(exact));
}

void TestTorchModels::logits_data()
{
    QTest::addColumn<QString>("net");
    QTest::addColumn<QString>("network");
    QTest::addColumn<int>("classes");
    QTest::addColumn<QStringList>("variants");
    const bool all = qEnvironmentVariableIsSet("INCEPTOSCOPE_EXHAUSTIVE");
    const auto row = [&](const char* net, const char* network, int classes, QStringList variants) {
        QTest::addRow("%s, %d classes", net, classes)
            << net << network << classes << (all ? QStringList("all") : std::move(variants));
    };
    row("googlenet", "googlenet_bn", 1000, {"zip", "legacy", "onnx_13_eval_1"});
    row("googlenet", "googlenet_bn", 10, {"checkpoint", "nested", "half", "onnx_9_preserve_0"});
    row("googlenet-noaux", "googlenet_bn", 1001, {"safetensors_half", "onnx_transform"});
    row("inception_v3", "inception_v3", 10, {"channels_last", "onnx_11_eval_1"});
    if (all) {
        row("inception_v3", "inception_v3", 1000, {});
        row("inception_v3-noaux", "inception_v3", 1001, {});
    }
}

void TestTorchModels::logits()
{
    QFETCH(const QString, net);
    QFETCH(const QString, network);
    QFETCH(const int, classes);
    QFETCH(const QStringList, variants);
    const QString python = QStringLiteral("/usr/bin/python3");
    if (QProcess::execute(python, {"-c", "import torch, torchvision, onnx"}) != 0) {
        somethingWasLeftOut() = true;
        std::fprintf(
            stderr,
            "\n*** NOT TESTED: torchvision's networks\n*** needs %s with torch, "
            "torchvision, onnx.\n\n",
            qPrintable(python));
        QSKIP("no PyTorch");
    }
    const QTemporaryDir folder;
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(
        python,
        QStringList{
            INCEPTOSCOPE_SOURCE_DIR "/tests/weights/make_network_files.py", net,
            QString::number(classes), folder.path()} +
            variants);
    QVERIFY(process.waitForFinished(3'600'000));
    QCOMPARE(process.exitCode(), 0);
    QStringList written = QDir(folder.path()).entryList(QDir::Files);
    written.removeIf([](const QString& name) { return name.contains('.'); });
    QVERIFY(written.size() >= variants.size());
    classifyPicture(folder, written.first(), network);
    for (const QString& variant : std::as_const(written)) {
        compare(folder, variant, network);
        if (QTest::currentTestFailed())
            return;
    }
}

/// Pixels through our own preprocessing, against torchvision's normalisation and its
/// transform_input.
void TestTorchModels::classifyPicture(
    const QTemporaryDir& folder, const QString& variant, const QString& network) const
{
    const auto expected = openSafetensors(folder.filePath("expected.safetensors").toStdString());
    const std::vector<float> probabilities = read(*expected, "probabilities");
    QVERIFY(!probabilities.empty());
    const Answer answer = program(
        {"classify", folder.filePath("picture.ppm"), "--network", network, "--weights",
         folder.filePath(variant), "--preprocess", "crop_fraction=1", "--top", "2000", "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const QJsonArray top = answer.json()[0]["top"].toArray();
    QCOMPARE(size_t(top.size()), probabilities.size());
    for (const QJsonValue& score : top) {
        const double wanted = double(probabilities.at(size_t(score["index"].toInt())));
        QVERIFY(std::abs(score["probability"].toDouble() - wanted) <= 1e-3 * wanted + 1e-5);
    }
}

void TestTorchModels::compare(
    const QTemporaryDir& folder, const QString& variant, const QString& network) const
{
    const auto expected = openSafetensors(folder.filePath("expected.safetensors").toStdString());
    // Halves are rounded, and an ONNX file may lack auxiliary heads.
    const double bound = variant.endsWith("half") ? 1e-3 : 1e-4;
    const bool auxiliary = expected->find("auxiliary") && !variant.startsWith("onnx");
    const QString head = network == "inception_v3" ? "AuxLogits.fc" : "aux1.fc2";
    const QString out = folder.filePath("out");
    QStringList arguments{
        "activations",
        "--input-tensor",
        folder.filePath("input.safetensors"),
        "--network",
        network,
        "--weights",
        folder.filePath(variant),
        "--tap",
        "logits",
        "-o",
        out};
    if (auxiliary)
        arguments << "--tap" << head;
    const Answer answer = program(arguments);
    QVERIFY2(answer.code == 0, qPrintable(variant + ": " + answer.err));
    const auto got = openSafetensors(out.toStdString());
    const double error = difference(*got, "logits", *expected, "logits");
    qInfo("%s: logits' relative L2 %.1e", qPrintable(variant), error);
    QVERIFY2(error <= bound, qPrintable(variant));
    if (auxiliary)
        QVERIFY2(
            difference(*got, head.toStdString(), *expected, "auxiliary") <= bound,
            qPrintable(variant));
}

INCEPTOSCOPE_TEST_MAIN(TestTorchModels)
#include "test_torch_models.moc"
