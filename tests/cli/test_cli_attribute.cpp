// The command that shows which places of a picture speak for a class.
#include "cli/program.h"
#include "support/test_main.h"
#include "weights/safetensors/safetensors.h"
#include "weights/synthetic.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <cmath>

using namespace inceptoscope;

class TestCliAttribute : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cam();
    void gradCam();
    void saliency();
    void occlusion();
    void overThePicture();
    void refuses_data();
    void refuses();
    void anotherNetwork();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(name); }
    [[nodiscard]] Answer attribute(const QStringList& more, const char* out) const
    {
        return program(
            QStringList{
                "attribute", "--input-tensor", path("x.safetensors"), "--network", "googlenet_bn",
                "--weights", "synthetic", "-o", path(out)} +
            more);
    }
    QTemporaryDir m_folder;
};

namespace {

const QString picture = QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/coffee.png");

bool near(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance * std::abs(expected);
}

struct StoredTensor
{
    std::vector<uint64_t> shape;
    std::vector<float> values;
};

StoredTensor stored(const TensorSource& file, const char* name)
{
    const auto index = file.find(name);
    if (!index)
        return {};
    StoredTensor tensor{file.tensors()[*index].shape, {}};
    tensor.values.resize(file.tensors()[*index].elements());
    file.read(*index, tensor.values);
    return tensor;
}

double normOf(const std::vector<float>& values)
{
    double squares = 0;
    for (const float value : values)
        squares += double(value) * double(value);
    return std::sqrt(squares);
}

} // namespace

/// The picture of the rule that the facts were computed with.
void TestCliAttribute::initTestCase()
{
    constexpr uint32_t side = 224;
    std::vector<float> values;
    for (const uint8_t pixel : syntheticPicture(side, side, ""))
        values.push_back(float(int(pixel) - 128) / 64);
    const std::vector<TensorInfo> tensors{
        {.key = "input", .dtype = DType::F32, .shape = {1, 3, side, side}}};
    writeSafetensors(
        path("x.safetensors").toStdString(), tensors, {}, [&](size_t) { return values; });
}

/// The classifier's weights times the maps that `activations` writes.
void TestCliAttribute::cam()
{
    const Answer answer = attribute({"--method", "cam"}, "cam.safetensors");
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY2(answer.error().contains("class 201, score 44.24"), qPrintable(answer.err));
    const Answer ran = program(
        {"activations", "--input-tensor", path("x.safetensors"), "--network", "googlenet_bn",
         "--weights", "synthetic", "--tap", "inception5b", "-o", path("a.safetensors")});
    QVERIFY2(ran.code == 0, qPrintable(ran.err));
    const auto file = openSafetensors(path("cam.safetensors").toStdString());
    const StoredTensor map = stored(*file, "map");
    const StoredTensor maps =
        stored(*openSafetensors(path("a.safetensors").toStdString()), "inception5b");
    QCOMPARE(map.shape, (std::vector<uint64_t>{1, 1, 7, 7}));
    QCOMPARE(maps.shape, (std::vector<uint64_t>{1, 1024, 7, 7}));
    const std::vector<float> weights = syntheticTensor("fc.weight", {1000, 1024}, "");
    std::vector<float> rest = map.values;
    double mean = 0;
    for (size_t i = 0; i < 49; ++i) {
        double sum = 0;
        for (size_t c = 0; c < 1024; ++c)
            sum += double(weights[size_t(201) * 1024 + c]) * double(maps.values[c * 49 + i]);
        rest[i] = float(double(map.values[i]) - sum);
        mean += double(map.values[i]) / 49;
    }
    QVERIFY(normOf(rest) <= 1e-4 * normOf(map.values));
    const auto& metadata = file->metadata();
    QCOMPARE(metadata.at("class"), "201");
    QCOMPARE(metadata.at("label"), "");
    QCOMPARE(metadata.at("method"), "cam");
    QCOMPARE(metadata.at("network"), "googlenet_bn");
    QVERIFY(near(std::stod(metadata.at("score")), 44.2409452, 1e-5));
    QVERIFY(near(mean + std::stod(metadata.at("bias")), 44.2409452, 1e-4));
    QVERIFY(!file->find("d/input"));
}

/// Of torchvision's GoogLeNet: the gradient by the input is that of autograd in double precision.
void TestCliAttribute::gradCam()
{
    const Answer answer =
        attribute({"--at", "inception3a/branch2", "--class", "201", "--json"}, "g.safetensors");
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const auto file = openSafetensors(path("g.safetensors").toStdString());
    QCOMPARE(file->metadata().at("at"), "inception3a/branch2");
    QCOMPARE(stored(*file, "map").shape, (std::vector<uint64_t>{1, 1, 28, 28}));
    const StoredTensor gradient = stored(*file, "d/input");
    QCOMPARE(gradient.shape, (std::vector<uint64_t>{1, 3, 224, 224}));
    QVERIFY(near(normOf(gradient.values), 1.770488763, 2e-3));
    // Each module's branches are all of it.
    int inception = 0;
    for (const QJsonValue value : answer.json().object()["modules"].toArray()) {
        const QJsonObject module = value.toObject();
        double sum = 0;
        for (const QJsonValue branch : module["branches"].toArray())
            sum += branch.toObject()["evidence"].toDouble();
        if (module["branches"].toArray().isEmpty())
            continue;
        QCOMPARE(module["branches"].toArray().size(), 4);
        QVERIFY(module["exact"].toBool());
        QVERIFY(std::abs(sum - module["evidence"].toDouble()) < 1e-4);
        ++inception;
    }
    QCOMPARE(inception, 9);
}

void TestCliAttribute::saliency()
{
    const Answer answer = attribute({"--method", "saliency", "--json"}, "s.safetensors");
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const auto file = openSafetensors(path("s.safetensors").toStdString());
    const StoredTensor map = stored(*file, "map");
    const StoredTensor gradient = stored(*file, "d/input");
    QCOMPARE(map.shape, (std::vector<uint64_t>{1, 1, 224, 224}));
    QVERIFY(near(normOf(gradient.values), 1.770488763, 2e-3));
    for (size_t i = 0; i < map.values.size(); ++i) {
        float most = 0;
        for (size_t c = 0; c < 3; ++c)
            most = std::max(most, std::abs(gradient.values[c * map.values.size() + i]));
        QCOMPARE(map.values[i], most);
    }
    QCOMPARE(file->metadata().at("at"), "input");
    QCOMPARE(answer.json().object()["class"].toInt(), 201);
}

void TestCliAttribute::occlusion()
{
    const Answer answer = attribute(
        {"--method", "occlusion", "--window", "150", "--stride", "80", "--json"}, "o.safetensors");
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const auto file = openSafetensors(path("o.safetensors").toStdString());
    QCOMPARE(stored(*file, "map").shape, (std::vector<uint64_t>{1, 1, 2, 2}));
    QCOMPARE(file->metadata().at("window"), "150");
    QCOMPARE(file->metadata().at("stride"), "80");
    QCOMPARE(answer.json().object()["occlusion"].toObject()["runs"].toInt(), 4);
}

/// With trained weights, whose classes have names.
void TestCliAttribute::overThePicture()
{
    const QStringList asked{"attribute", picture, "-o", path("why.png"), "--json"};
    Answer answer = program(asked);
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const QImage gradCam(path("why.png"));
    QCOMPARE(gradCam.size(), QSize(224, 224));
    const QJsonObject json = answer.json().object();
    QVERIFY(!json["label"].toString().isEmpty());
    // The same class by its name, the same map; another has another.
    answer = program(asked + QStringList{"--class", json["label"].toString()});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(QImage(path("why.png")), gradCam);
    const int other = json["class"].toInt() == 0 ? 1 : 0;
    answer = program(asked + QStringList{"--class", QString::number(other)});
    QCOMPARE(answer.json().object()["class"].toInt(), other);
    QVERIFY(QImage(path("why.png")) != gradCam);
}

void TestCliAttribute::refuses_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("out");
    QTest::addColumn<QString>("says");
    const auto row = [](const QStringList& more, const char* says,
                        const char* out = "r.safetensors") {
        QTest::newRow(qPrintable(more.join(' ') + out))
            << more << QString::fromLatin1(out) << QString::fromUtf8(says);
    };
    row({}, "ends in neither .png", "r.jpg");
    row({}, "with --input-tensor, -o FILE.safetensors is expected", "r.png");
    row({"--class", "1000"}, "--class: class 1000, the network has 1000 (0 to 999)");
    row({"--class", "tabby"}, "have no names");
    row({"--method", "magic"}, "--method");
    row({"--at", "inception9"}, "--at: the network has no op, branch or module \"inception9\"");
    row({"--at", "fc"}, "has one place only");
    row({"--at", "aux1"}, "auxiliary head");
    row({"--at", "all"}, "one module was expected");
    row({"--method", "cam", "--at", "inception3a"}, "--at belongs to --method grad-cam");
    row({"--window", "20"}, "belong to --method occlusion");
    row({"--method", "occlusion", "--window", "500"}, "--window: 500 pixels, 1 to 224");
    row({"--method", "occlusion", "--window", "9", "--stride", "10"}, "must not leave gaps");
    row({"--precision", "fp16"}, "attribute: gradients are made in fp32 only");
    row({"cat.jpg"}, "either IMAGE or --input-tensor");
}

void TestCliAttribute::refuses()
{
    QFETCH(QStringList, more);
    QFETCH(QString, out);
    QFETCH(QString, says);
    const Answer answer = attribute(more, qPrintable(out));
    QVERIFY(answer.code == 1 || answer.code == 2);
    QVERIFY2(answer.error().contains(says), qPrintable(answer.err));
    QCOMPARE(answer.error().count('\n'), 0);
    QVERIFY(!QFileInfo::exists(m_folder.filePath(out))); // nothing half-written
}

/// One without classes has nothing to ask about.
void TestCliAttribute::anotherNetwork()
{
    const Answer answer = program(
        {"attribute", picture, "--network", "facenet", "--weights", "synthetic", "-o",
         path("f.png")});
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.error().contains("has no classes"), qPrintable(answer.err));
}

INCEPTOSCOPE_TEST_MAIN(TestCliAttribute)
#include "test_cli_attribute.moc"
