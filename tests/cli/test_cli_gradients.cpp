// The command that writes derivatives; what they are is known from autograd in double precision.
#include "cli/program.h"
#include "support/test_main.h"
#include "weights/safetensors/safetensors.h"
#include "weights/synthetic.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <cmath>

using namespace inceptoscope;

class TestCliGradients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theTopClass();
    void aLossWithItsHeads();
    void nodes();
    void refuses_data();
    void refuses();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(name); }
    [[nodiscard]] Answer gradients(const QStringList& more, const char* out = "d.safetensors") const
    {
        return program(
            QStringList{
                "gradients", "--input-tensor", path("x.safetensors"), "--network", "googlenet_bn",
                "--weights", "synthetic", "-o", path(out)} +
            more);
    }
    QTemporaryDir m_folder;
};

namespace {

double normOf(const QJsonDocument& json, const QString& name)
{
    for (const QJsonValue tensor : json.object()["tensors"].toArray())
        if (tensor.toObject()["name"].toString() == name)
            return tensor.toObject()["norm"].toDouble();
    return -1;
}

bool near(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance * std::abs(expected);
}

/// A float32 tensor in a file of its own.
void write(
    const QString& path, const std::string& key, std::vector<uint64_t> shape,
    const std::vector<float>& values)
{
    const std::vector<TensorInfo> tensors{
        {.key = key, .dtype = DType::F32, .shape = std::move(shape)}};
    writeSafetensors(path.toStdString(), tensors, {}, [&](size_t) { return values; });
}

} // namespace

/// The picture of the rule that the facts were computed with.
void TestCliGradients::initTestCase()
{
    constexpr uint32_t side = 224;
    const std::vector<uint8_t> picture = syntheticPicture(side, side, "");
    std::vector<float> values(picture.size());
    for (size_t i = 0; i < picture.size(); ++i)
        values[i] = float(int(picture[i]) - 128) / 64;
    write(path("x.safetensors"), "input", {1, 3, side, side}, values);
}

/// torchvision's GoogLeNet, class 201.
void TestCliGradients::theTopClass()
{
    const Answer answer = gradients({"--wrt", "input", "--wrt", "modules", "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const QJsonDocument json = answer.json();
    QCOMPARE(json.object()["of"].toString(), "class:201");
    QVERIFY(near(json.object()["value"].toDouble(), 44.2409452, 1e-5));
    QVERIFY(near(normOf(json, "d/input"), 1.770488763, 2e-3));
    QVERIFY(near(normOf(json, "d/inception3a"), 0.7131946939, 2e-3));
    QVERIFY(near(normOf(json, "d/inception5b"), 0.2041001131, 2e-3));
    // What is in the file is what was told.
    const auto file = openSafetensors(path("d.safetensors").toStdString());
    const auto input = file->find("d/input");
    QVERIFY(input);
    QCOMPARE(file->tensors()[*input].shape, (std::vector<uint64_t>{1, 3, 224, 224}));
    QCOMPARE(file->metadata().at("of"), "class:201");
    QCOMPARE(file->metadata().at("network"), "googlenet_bn");
    QVERIFY(near(std::stod(file->metadata().at("value")), 44.2409452, 1e-5));
}

void TestCliGradients::aLossWithItsHeads()
{
    const QStringList loss{"--of", "loss:202", "--smoothing", "0.1", "--json"};
    Answer answer = gradients(loss + QStringList{"--wrt", "input", "--wrt", "conv1.bn.weight"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QJsonDocument json = answer.json();
    QVERIFY(near(json.object()["value"].toDouble(), 42.70007621, 1e-5));
    QVERIFY(near(json.object()["loss_unsmoothed"].toDouble(), 42.53308942, 1e-5));
    QVERIFY(near(normOf(json, "d/input"), 2.134538609, 2e-3));
    QVERIFY(near(normOf(json, "d/conv1.bn.weight"), 8.892970898, 5e-3));
    answer = gradients(loss + QStringList{"--auxiliary", "0.3"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    json = answer.json();
    QVERIFY(near(json.object()["value"].toDouble(), 53.02098769, 1e-5));
    QVERIFY(near(normOf(json, "d/input"), 2.424296137, 2e-3));
}

/// A logit by another way: the node of all of them, and a one for this one.
void TestCliGradients::nodes()
{
    std::vector<float> g(1000, 0.0F);
    g[201] = 1;
    write(path("g.safetensors"), "g", {1, 1000}, g);
    const Answer answer = gradients({"--of", "node:fc", "--with", path("g.safetensors"), "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY(near(answer.json().object()["value"].toDouble(), 44.2409452, 1e-5));
    QVERIFY(near(normOf(answer.json(), "d/input"), 1.770488763, 2e-3));
}

void TestCliGradients::refuses_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("says");
    const auto row = [](const QStringList& more, const char* says) {
        QTest::newRow(qPrintable(more.join(' '))) << more << QString::fromUtf8(says);
    };
    row({"--of", "loss"}, "loss");
    row({"--of", "class:1000"}, "1000");
    row({"--of", "beauty:3"}, "beauty");
    row({"--wrt", "nothing"}, "nothing");
    row({"--smoothing", "0.1"}, "belong to a loss");
    row({"--of", "loss:3", "--smoothing", "2"}, "a share, 0 to 1");
    row({"--of", "node:fc"}, "go together");
    row({"cat.jpg"}, "either IMAGE or --input-tensor");
    row({"--precision", "fp16"}, "gradients: gradients are made in fp32 only");
}

void TestCliGradients::refuses()
{
    QFETCH(QStringList, more);
    QFETCH(QString, says);
    const Answer answer = gradients(more, "refused.safetensors");
    QVERIFY(answer.code == 1 || answer.code == 2);
    QVERIFY2(answer.error().contains(says), qPrintable(answer.err));
    QCOMPARE(answer.error().count('\n'), 0);
    QVERIFY(!QFileInfo::exists(path("refused.safetensors"))); // nothing half-written
}

INCEPTOSCOPE_TEST_MAIN(TestCliGradients)
#include "test_cli_gradients.moc"
