// Commands that run a network.
#include "cli/program.h"
#include "support/test_main.h"
#include "weights/safetensors/safetensors.h"
#include "weights/synthetic.h"

#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace inceptoscope;

class TestCliRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void devices();
    void classifySynthetic();
    void classifyTrained();
    void classifyErrors_data();
    void classifyErrors();
    void activationsDefault();
    void activationsTaps();
    void noAuxiliaryHeads();
    void inputTensor();
    void inputTensorErrors();
    void renderOne();
    void renderAll();
    void inspectWeights();
    void noDevice();
    void fp16();
    void smallDevice();
    void noDisplay();
    void validation();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(name); }
    void writeInput(const char* name, const char* key, std::vector<uint64_t> shape) const;

    QTemporaryDir m_folder;
};

namespace {

bool has(const TensorSource& file, const char* key, const std::vector<uint64_t>& shape)
{
    const auto index = file.find(key);
    return index && file.tensors()[*index].shape == shape;
}

} // namespace

void TestCliRun::initTestCase()
{
    QImage image(260, 300, QImage::Format_ARGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgba(x & 255, y & 255, (x * y) & 255, 255));
    QVERIFY(image.save(path("picture.png")));
    // By content, not by suffix.
    QVERIFY(QFile::copy(path("picture.png"), path("picture.txt")));
    QVERIFY(image.convertToFormat(QImage::Format_Grayscale16).save(path("grey.png")));
    QFile empty(path("empty.png"));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    QFile broken(path("broken.png"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("this is no picture");
}

void TestCliRun::writeInput(const char* name, const char* key, std::vector<uint64_t> shape) const
{
    uint64_t elements = 1;
    for (const uint64_t side : shape)
        elements *= side;
    const std::vector<float> values = syntheticUniform("input", elements, "");
    writeSafetensors(path(name).toStdString(), {{key, std::move(shape), values}}, {});
}

void TestCliRun::devices()
{
    const Answer answer = program({"devices", "--json"});
    QCOMPARE(answer.code, 0);
    const QJsonObject device = answer.json().array()[0].toObject();
    for (const char* key : {"index", "name", "type", "memory_bytes", "fp16", "usable"})
        QVERIFY2(device.contains(QLatin1String(key)), key);
    QVERIFY(!device.contains("peaks")); // measured only when asked for
    QVERIFY(program({"devices"}).out.contains(device["name"].toString()));

    const Answer measured = program({"devices", "--peaks", "--json"});
    const QJsonObject peaks = measured.json().array()[0].toObject()["peaks"].toObject();
    for (const char* key : {"fma_gflops", "read_gb_s", "copy_gb_s"})
        QVERIFY2(peaks[QLatin1String(key)].toDouble() > 0, key);
}

void TestCliRun::classifySynthetic()
{
    const Answer answer = program(
        {"classify", path("picture.png"), path("picture.txt"), path("grey.png"), "--network",
         "googlenet", "--json", "--top", "3"});
    QCOMPARE(answer.error(), QString());
    QVERIFY(answer.err.contains(QStringLiteral("the weights are random")));
    QVERIFY(answer.err.contains(QStringLiteral("classes are numbered")));
    QCOMPARE(answer.code, 0);
    const QJsonArray results = answer.json().array();
    QCOMPARE(results.size(), 3);
    const QJsonObject first = results[0].toObject();
    QCOMPARE(keys(first), QStringList({"image", "network", "top", "weights"}));
    QCOMPARE(first["weights"].toString(), QStringLiteral("synthetic"));
    QCOMPARE(first["top"], results[1].toObject()["top"]);
    QCOMPARE(first["top"].toArray().size(), 3);
    const QJsonObject best = first["top"].toArray()[0].toObject();
    QCOMPARE(keys(best), QStringList({"index", "label", "probability"}));
    const Answer text = program({"classify", path("picture.png"), "--network", "googlenet"});
    // A name would say that random weights know something.
    QCOMPARE(best["label"].toString(), QString());
    QVERIFY(text.out.contains(QStringLiteral("class %1\n").arg(best["index"].toInt())));
}

void TestCliRun::classifyTrained()
{
    REQUIRE_SHARED("weights/bvlc_googlenet.f16.safetensors");
    REQUIRE_SHARED("images/cat.jpg");
    const Answer answer = program(
        {"classify", sharedPath("images/cat.jpg"), "--network", "googlenet", "--weights",
         sharedPath("weights/bvlc_googlenet.f16.safetensors"), "--json"});
    QCOMPARE(answer.error(), QString());
    QVERIFY(!answer.err.contains(QStringLiteral("random")));
    const QJsonObject result = answer.json().array()[0].toObject();
    QCOMPARE(keys(result), QStringList({"image", "network", "top"}));
    const QJsonObject best = result["top"].toArray()[0].toObject();
    QCOMPARE(best["label"].toString(), QStringLiteral("tiger cat"));
    QCOMPARE(best["index"].toInt(), 282);
    QVERIFY(std::abs(best["probability"].toDouble() - 0.48) <= 0.02);
}

void TestCliRun::classifyErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("code");
    QTest::newRow("missing") << QStringList{path("none.png")} << "none.png was not found" << 1;
    QTest::newRow("empty") << QStringList{path("empty.png")} << "empty.png is empty" << 1;
    QTest::newRow("broken") << QStringList{path("broken.png")} << "broken.png is not a picture"
                            << 1;
    QTest::newRow("folder") << QStringList{m_folder.path()} << "is not a file" << 1;
    QTest::newRow("weights missing")
        << QStringList{path("picture.png"), "--weights", "/nowhere/w"} << "/nowhere/w" << 1;
    QTest::newRow("weights no file of weights")
        << QStringList{path("picture.png"), "--weights", path("broken.png")} << "broken.png" << 1;
    QTest::newRow("network") << QStringList{path("picture.png"), "--network", "x"}
                             << R"(network "x" doesn't exist; the networks are: )" ALL_NETWORKS
                             << 2;
    QTest::newRow("device") << QStringList{path("picture.png"), "--device", "voodoo"} << "voodoo"
                            << 2;
}

void TestCliRun::classifyErrors()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    QFETCH(int, code);
    const Answer answer = program(QStringList{"classify"} + arguments);
    QVERIFY2(answer.error().contains(message), qPrintable(answer.err));
    QVERIFY(!answer.error().contains(u'\n'));
    QVERIFY(answer.error().startsWith(QStringLiteral("inceptoscope: ")));
    QCOMPARE(answer.code, code);
    QCOMPARE(answer.out, QString());
}

void TestCliRun::activationsDefault()
{
    const QString out = path("all.safetensors");
    const Answer answer =
        program({"activations", path("picture.png"), "--network", "googlenet", "-o", out});
    QCOMPARE(answer.code, 0);
    const auto file = openSafetensors(out.toStdString());
    QVERIFY(has(*file, "logits", {1, 1000}));
    QVERIFY(has(*file, "probabilities", {1, 1000}));
    QVERIFY(has(*file, "loss3", {1, 1000}));
    QVERIFY(has(*file, "inception_3a", {1, 256, 28, 28}));
    QVERIFY(has(*file, "inception_3a/pool_proj", {1, 32, 28, 28}));
    // The field's other spelling of the same module.
    QVERIFY(has(*file, "inception3a", {1, 256, 28, 28}));
    QVERIFY(has(*file, "inception3a/pool_proj", {1, 32, 28, 28}));
    QVERIFY(!file->find("loss1"));
    QVERIFY(!file->find("inception_3a/3x3_reduce"));
    for (const char* key : {"network", "weights", "device", "version"})
        QVERIFY2(file->metadata().contains(key), key);
    QCOMPARE(QString::fromStdString(file->metadata().at("network")), QStringLiteral("googlenet"));
    std::vector<float> probabilities(1000);
    file->read(*file->find("probabilities"), probabilities);
    double sum = 0;
    for (const float p : probabilities)
        sum += double(p);
    QVERIFY(std::abs(sum - 1) < 1e-4);
}

void TestCliRun::activationsTaps()
{
    const QString out = path("taps.safetensors");
    const Answer answer = program(
        {"activations", path("picture.png"), "--network", "googlenet", "--tap", "Inception3A",
         "--tap", "inception_3a/3x3_reduce", "--tap", "loss1/classifier", "-o", out});
    QCOMPARE(answer.code, 0);
    const auto file = openSafetensors(out.toStdString());
    QCOMPARE(file->tensors().size(), size_t(3));
    QVERIFY(has(*file, "inception_3a", {1, 256, 28, 28}));
    QVERIFY(has(*file, "inception_3a/3x3_reduce", {1, 96, 28, 28}));
    QVERIFY(has(*file, "loss1/classifier", {1, 1000}));

    QCOMPARE(
        program({"activations", path("picture.png"), "--network", "googlenet", "--tap",
                 "inception3a", "-o", out})
            .code,
        0);
    QVERIFY(has(*openSafetensors(out.toStdString()), "inception3a", {1, 256, 28, 28}));

    QCOMPARE(
        program({"activations", path("picture.png"), "--network", "googlenet", "--tap", "all", "-o",
                 out})
            .code,
        0);
    const auto everything = openSafetensors(out.toStdString());
    QVERIFY(has(*everything, "input", {1, 3, 224, 224}));
    QVERIFY(has(*everything, "loss2/fc", {1, 1024}));

    const Answer wrong = program(
        {"activations", path("picture.png"), "--network", "googlenet", "--tap", "inception_3x",
         "-o", out});
    QCOMPARE(wrong.code, 2);
    QVERIFY2(
        wrong.error().startsWith(
            R"(inceptoscope: --tap: the network has no op, branch or module "inception_3x")"),
        qPrintable(wrong.err));
}

void TestCliRun::noAuxiliaryHeads()
{
    const Answer answer = program(
        {"activations", path("picture.png"), "--network", "facenet", "--auxiliary", "-o",
         path("never.safetensors")});
    QCOMPARE(answer.code, 2);
    QVERIFY2(
        answer.error().startsWith("inceptoscope: --auxiliary: ") &&
            answer.error().endsWith(" has no auxiliary heads"),
        qPrintable(answer.err));
}

void TestCliRun::inputTensor()
{
    writeInput("input.safetensors", "input", {1, 3, 224, 224});
    const QString out = path("fed.safetensors");
    const Answer answer = program(
        {"activations", "--input-tensor", path("input.safetensors"), "--tap", "input", "-o", out});
    QCOMPARE(answer.code, 0);
    const auto file = openSafetensors(out.toStdString());
    std::vector<float> values(size_t(3) * 224 * 224);
    file->read(*file->find("input"), values);
    QVERIFY(values == syntheticUniform("input", values.size(), ""));
}

void TestCliRun::inputTensorErrors()
{
    writeInput("small.safetensors", "input", {1, 3, 10, 10});
    writeInput("other.safetensors", "image", {1, 3, 224, 224});
    const QString out = path("never.safetensors");
    const auto error = [&](const char* name) {
        return program({"activations", "--input-tensor", path(name), "-o", out}).error();
    };
    QCOMPARE(
        error("small.safetensors"), "inceptoscope: --input-tensor: " + path("small.safetensors") +
                                        ": input is F32 1x3x10x10, the network needs F32 "
                                        "1x3x224x224");
    QCOMPARE(
        error("other.safetensors"),
        "inceptoscope: --input-tensor: " + path("other.safetensors") + " has no tensor \"input\"");
    QVERIFY(!QFile::exists(out));
}

void TestCliRun::renderOne()
{
    const QString out = path("module.png");
    const Answer answer = program(
        {"render", path("picture.png"), "--module", "inception4b", "--colormap", "magma", "-o",
         out});
    QCOMPARE(answer.error(), QString());
    QCOMPARE(answer.code, 0);
    const QImage image(out);
    QVERIFY(image.width() > 2000);
    QVERIFY(image.height() > 1000);
    const Answer wrong = program({"render", path("picture.png"), "--colormap", "magmo", "-o", out});
    QCOMPARE(
        wrong.error(), QStringLiteral("inceptoscope: --colormap: there is no colour map \"magmo\"; "
                                      "did you mean \"magma\"?"));
    QCOMPARE(wrong.code, 2);
}

void TestCliRun::renderAll()
{
    const QString out = path("modules");
    QCOMPARE(
        program(
            {"render", path("picture.png"), "--network", "googlenet", "--module", "all", "-o", out})
            .code,
        0);
    const QStringList files = QDir(out).entryList(QDir::Files);
    QCOMPARE(files.size(), 18);
    QVERIFY(files.contains(QStringLiteral("inception_5b.png")));
}

void TestCliRun::inspectWeights()
{
    const Answer answer =
        program({"weights", "inspect", "synthetic", "--network", "googlenet", "--json"});
    QCOMPARE(answer.code, 0);
    const QJsonObject json = answer.json().object();
    QVERIFY(json["mapping"].toObject()["complete"].toBool());
    QVERIFY(json["mapping"].toObject()["auxiliary"].toBool());
    writeInput("input.safetensors", "input", {1, 3, 8, 8});
    const Answer other = program({"weights", "inspect", path("input.safetensors")});
    QCOMPARE(other.code, 0);
    QVERIFY(other.out.contains(QStringLiteral("1x3x8x8")));
    const Answer unfit =
        program({"weights", "inspect", path("input.safetensors"), "--network", "googlenet"});
    QVERIFY(unfit.out.contains(QStringLiteral("these weights don't fit")));
    const QString onnx =
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/tests/weights/onnx/small_9_kept.onnx");
    const Answer exported = program({"weights", "inspect", onnx});
    QCOMPARE(exported.code, 0);
    QVERIFY(exported.out.contains(QStringLiteral("producer: pytorch 1.13")));
    QVERIFY(exported.out.contains(QStringLiteral("mixed.b2b.conv.weight")));
    const Answer unmatched =
        program({"weights", "inspect", onnx, "--network", "googlenet", "--json"});
    QVERIFY(!unmatched.json().object()["mapping"].toObject()["complete"].toBool());
    QVERIFY(unmatched.json().object()["notes"].toArray().size() > 60);
    QCOMPARE(program({"weights", "inspect", "/nowhere/w"}).code, 1);
}

void TestCliRun::noDevice()
{
    const Answer answer =
        program({"classify", path("picture.png")}, {"INCEPTOSCOPE_FAULT=no_device"});
    QCOMPARE(answer.code, 1);
    QCOMPARE(answer.err, QStringLiteral("inceptoscope: no Vulkan device (INCEPTOSCOPE_FAULT)\n"));
}

void TestCliRun::fp16()
{
    const QString out = path("half.safetensors");
    QCOMPARE(
        program({"activations", path("picture.png"), "--precision", "fp16", "-o", out}).code, 0);
    const auto file = openSafetensors(out.toStdString());
    QCOMPARE(file->metadata().at("precision"), std::string("fp16"));
    const Answer bench = program(
        {"bench", "googlenet", "--runs", "1", "--warmup", "0", "--precision", "fp16", "--json"});
    QCOMPARE(bench.json().array()[0].toObject()["precision"].toString(), QStringLiteral("fp16"));
    const Answer wrong = program({"classify", path("picture.png"), "--precision", "fp8"});
    QCOMPARE(wrong.code, 2);
    QVERIFY2(wrong.error().contains("--precision: fp8 not in {fp32,fp16}"), qPrintable(wrong.err));
}

void TestCliRun::smallDevice()
{
    const QStringList small{"INCEPTOSCOPE_FAULT=small_device"};
    const Answer full = program({"classify", path("picture.png"), "--network", "googlenet"}, small);
    QCOMPARE(full.code, 1);
    QVERIFY2(
        full.error().startsWith("inceptoscope: GoogLeNet (Inception v1) needs "),
        qPrintable(full.err));
    QVERIFY(full.error().endsWith(
        " has 16 MiB; choose another device with --device, or open a smaller network"));
    const Answer half = program(
        {"classify", path("picture.png"), "--network", "googlenet", "--precision", "fp16"}, small);
    QCOMPARE(half.code, 1);
    QVERIFY2(half.error().contains(" can't store fp16 "), qPrintable(half.err));
}

void TestCliRun::noDisplay()
{
    const Answer answer = program({path("picture.png")});
    QCOMPARE(answer.code, 1);
    QVERIFY2(
        answer.err.startsWith(QStringLiteral("inceptoscope: the window needs a display")),
        qPrintable(answer.err));
}

void TestCliRun::validation()
{
    const Answer answer = program({"classify", path("picture.png")}, {"INCEPTOSCOPE_VALIDATION=1"});
    QCOMPARE(answer.error(), QString());
    QCOMPARE(answer.code, 0);
}

INCEPTOSCOPE_TEST_MAIN(TestCliRun)
#include "test_cli_run.moc"
