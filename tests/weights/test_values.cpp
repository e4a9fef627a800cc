#include "graph/builder.h"
#include "graph/half_float.h"
#include "support/tensor_map.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/onnx/onnx_mapping.h"
#include "weights/onnx_writer.h"
#include "weights/safetensors/safetensors.h"
#include "weights/value_check.h"
#include "weights/weight_files.h"

#include <bit>
#include <cmath>
#include <limits>

using namespace inceptoscope;

/// Values that no network can be run with are named when a layer is loaded.
class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refused_data();
    void refused();
    void variances_data();
    void variances();
    void overflow();
    void types_data();
    void types();
    void onnx();
    void counting();
};

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinite = std::numeric_limits<float>::infinity();
constexpr float largest = std::numeric_limits<float>::max();

/// A 1x1 convolution of 1 channel to 2 with batch normalisation.
static Graph normalised()
{
    GraphBuilder builder(Shape{1, 1, 1});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem, ".");
        (void)builder.input().then(
            "c", Conv2d{
                     .outChannels = 2,
                     .kernel = {1, 1},
                     .stride = {1, 1},
                     .bias = false,
                     .batchNorm = BatchNorm{.eps = 0.125F}});
    }
    return builder.finish();
}

using Tensors = std::map<std::string, std::vector<float>>;

static TensorMap tensors(const Tensors& changed)
{
    Tensors all{
        {"m.c.conv.weight", {1, 2}},
        {"m.c.bn.weight", {1, 1}},
        {"m.c.bn.bias", {0, 0}},
        {"m.c.bn.running_mean", {0, 0}},
        {"m.c.bn.running_var", {1, 1}}};
    for (const auto& [key, values] : changed)
        all[key] = values;
    TensorMap source;
    for (const auto& [key, values] : all)
        source.add(
            key,
            key == "m.c.conv.weight" ? std::vector<uint64_t>{2, 1, 1, 1} : std::vector<uint64_t>{2},
            values);
    return source;
}

static std::string refusalOf(const Tensors& changed)
{
    const Graph graph = normalised();
    const TensorMap source = tensors(changed);
    return refusal([&] { (void)loadLayer(graph, *graph.find("m.c"), source); }).message;
}

constexpr const char* prefix = "weights: the test's tensors: ";
constexpr const char* suffix =
    "; all that is computed from them is NaN, so take a checkpoint without";

void TestValues::refused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVector<float>>("values");
    QTest::addColumn<QString>("what");
    const auto add = [](const char* name, const char* key, const QVector<float>& values,
                        const char* what) { QTest::newRow(name) << key << values << what; };
    add("one", "m.c.conv.weight", {notANumber, 1}, "1 value that is NaN");
    add("all", "m.c.conv.weight", {notANumber, -notANumber}, "2 values that are NaN");
    add("infinite", "m.c.bn.weight", {infinite, -infinite}, "2 values that are infinite");
    add("both", "m.c.bn.bias", {notANumber, -infinite},
        "1 value that is NaN and 1 that is infinite");
    add("variance", "m.c.bn.running_var", {1, -0.5F}, "1 negative variance");
    add("mean", "m.c.bn.running_mean", {1, notANumber}, "1 value that is NaN");
}

void TestValues::refused()
{
    QFETCH(const QString, key);
    QFETCH(const QVector<float>, values);
    QFETCH(const QString, what);
    QCOMPARE(
        refusalOf({{key.toStdString(), {values.begin(), values.end()}}}),
        prefix + key.toStdString() + " has " + what.toStdString() + " (of 2)" + suffix);
}

void TestValues::variances_data()
{
    QTest::addColumn<float>("variance");
    QTest::addColumn<bool>("refused");
    // To all of them the epsilon of 0.125 is added.
    QTest::newRow("zero") << 0.0F << false;
    QTest::newRow("negative, a root exists") << -0.0625F << false;
    QTest::newRow("negative, the root is of zero") << -0.125F << true;
    QTest::newRow("negative, there is no root") << -0.25F << true;
}

/// Where PyTorch computes a number, so do we.
void TestValues::variances()
{
    QFETCH(const float, variance);
    QFETCH(const bool, refused);
    const std::string message = refusalOf({{"m.c.bn.running_var", {variance, variance}}});
    QCOMPARE(
        message, refused ? std::string(prefix) +
                               "m.c.bn.running_var has 2 negative variances (of 2)" + suffix
                         : std::string("no error"));
}

void TestValues::overflow()
{
    QCOMPARE(
        refusalOf({{"m.c.conv.weight", {largest, 1}}, {"m.c.bn.weight", {4, 1}}}),
        std::string(prefix) +
            "m.c.conv has 1 value that is infinite (of 2) once batch normalisation is folded in");
    QCOMPARE(
        refusalOf({{"m.c.conv.weight", {notANumber, 1}}, {"m.c.bn.bias", {notANumber, 1}}}),
        std::string(prefix) +
            "m.c.conv.weight has 1 value that is NaN (of 2), and 1 more tensor has such" + suffix);
}

void TestValues::types_data()
{
    QTest::addColumn<QString>("dtype");
    QTest::addColumn<QByteArray>("bytes"); // NaN, infinity, the largest float64 or a number
    const auto add = [](const char* dtype, const std::string& bytes) {
        QTest::newRow(dtype) << dtype << QByteArray::fromStdString(bytes);
    };
    add("F32", bytesOfValues(std::vector<float>{notANumber, infinite, 1}));
    add("F16",
        bytesOfValues(std::vector<uint16_t>{floatToHalf(notANumber), floatToHalf(infinite), 0}));
    add("BF16", bytesOfValues(std::vector<uint16_t>{0xffc0, 0x7f80, 0}));
}

void TestValues::types()
{
    QFETCH(const QString, dtype);
    QFETCH(const QByteArray, bytes);
    const Folder folder;
    const std::string path = folder.write(
        "x",
        safetensorsBytes(
            "{" +
                entry("t", dtype.toStdString(), "[3]", "[0," + std::to_string(bytes.size()) + "]") +
                "}",
            bytes.toStdString()));
    const auto bad = findBadValues(*openSafetensors(path));
    QCOMPARE(bad.size(), size_t(1));
    QCOMPARE(
        describe(bad[0]), std::string("t has 1 value that is NaN and 1 that is infinite (of 3)"));
}

/// Float64 of an ONNX file, one value beyond float32, with the network's own name for it.
void TestValues::onnx()
{
    const Graph graph = normalised();
    OnnxWriter writer;
    writer.initialiser(onnx_part::tensor(
        "w", {2, 1, 1, 1}, bytesOfValues(std::vector<double>{1e300, double(notANumber)}), 11));
    for (const char* name : {"scale", "shift", "mean"})
        writer.initialiser(name, {2}, {1, 1});
    writer.initialiser("variance", {2}, {-1, -2});
    writer.node("Conv", {"x", "w"}, "c")
        .node(
            "BatchNormalization", {"c", "scale", "shift", "mean", "variance"}, "b",
            onnx_part::attribute("epsilon", 0.125F))
        .node("Relu", {"b"}, "y");
    const Folder folder;
    const auto source = openOnnxFor(folder.write("model", writer.model()), graph);
    const Refusal refused = refusal([&] { (void)loadLayer(graph, *graph.find("m.c"), *source); });
    QVERIFY2(
        refused.message.find("m.c.conv.weight has 1 value that is NaN and 1 that is infinite (of "
                             "2), and 1 more tensor has such") != std::string::npos,
        refused.message.c_str());
    const auto bad = findBadValues(*source);
    QCOMPARE(bad.size(), size_t(2));
    QCOMPARE(describe(bad[1]), std::string("m.c.bn.running_var has 2 negative variances (of 2)"));
}

void TestValues::counting()
{
    const std::vector<float> fine = {0, -0.0F, largest, -largest, 1e-45F};
    QVERIFY(!countBadValues("x", fine).any());
    const double least = 0;
    QCOMPARE(countBadValues("x", fine, &least).negative, uint64_t(3));
    QVERIFY(isVariance("a.running_var") && !isVariance("a.running_mean"));
}

INCEPTOSCOPE_TEST_MAIN(TestValues)
#include "test_values.moc"
