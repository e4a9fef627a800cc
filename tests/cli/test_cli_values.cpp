// Values that are no numbers, through the whole program.
#include "cli/program.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/synthetic.h"
#include "zoo/network.h"

#include <QImage>
#include <QTemporaryDir>

#include <algorithm>
#include <functional>
#include <limits>

using namespace inceptoscope;

class TestCliValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refused();
    void inspected();
    void inputTensor();
    void overflow();

private:
    using Change = std::function<void(const std::string& key, std::vector<float>& values)>;
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(name); }
    void writeWeights(const char* name, const Change& change) const;

    QTemporaryDir m_folder;
};

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

void TestCliValues::writeWeights(const char* name, const Change& change) const
{
    std::vector<TensorInfo> all;
    for (const Parameter& p : parameters(makeNetwork("googlenet_bn").graph, false))
        all.push_back({.key = p.key, .dtype = DType::F32, .shape = p.shape});
    writeSafetensors(path(name).toStdString(), all, {}, [&](size_t i) {
        std::vector<float> values = syntheticTensor(all[i].key, all[i].shape, "");
        change(all[i].key, values);
        return values;
    });
}

void TestCliValues::initTestCase()
{
    QImage image(240, 240, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QVERIFY(image.save(path("picture.png")));
    writeWeights("nan", [](const std::string& key, std::vector<float>& values) {
        if (key == "inception4a.branch1.conv.weight")
            values[5] = values[7] = notANumber;
        if (key == "conv1.bn.running_var")
            values[3] = -1;
    });
    writeWeights("huge", [](const std::string& key, std::vector<float>& values) {
        if (key.starts_with("inception5b") && key.ends_with(".bn.weight"))
            std::fill(values.begin(), values.end(), 1e10F);
        if (key == "fc.weight")
            for (size_t i = 0; i < values.size(); ++i)
                values[i] = i % 2 == 0 ? 3e38F : -3e38F;
    });
}

void TestCliValues::refused()
{
    const Answer answer =
        program({"classify", path("picture.png"), "--weights", path("nan"), "--json"});
    QCOMPARE(answer.code, 1);
    QCOMPARE(answer.out, QString());
    QCOMPARE(
        answer.error(), "inceptoscope: weights: " + path("nan") +
                            ": conv1.bn.running_var has 1 negative variance (of 64), and 1 more "
                            "tensor has such; all that is computed from them is NaN, so take a "
                            "checkpoint without");
}

void TestCliValues::inspected()
{
    const Answer json = program({"weights", "inspect", path("nan"), "--json"});
    QCOMPARE(json.code, 0);
    const QJsonArray bad = json.json()["bad_values"].toArray();
    QCOMPARE(bad.size(), 2);
    QCOMPARE(bad[0]["key"].toString(), "conv1.bn.running_var");
    QCOMPARE(bad[0]["negative_variances"].toInt(), 1);
    QCOMPARE(bad[1]["nan"].toInt(), 2);
    const Answer text = program({"weights", "inspect", path("nan"), "--network", "googlenet_bn"});
    QVERIFY2(
        text.out.contains("inception4a.branch1.conv.weight has 2 values that are NaN (of "),
        qPrintable(text.out));
}

void TestCliValues::inputTensor()
{
    std::vector<float> values(size_t(3) * 224 * 224, 0.5F);
    values[11] = notANumber;
    values[12] = std::numeric_limits<float>::infinity();
    writeSafetensors(path("input").toStdString(), {{"input", {1, 3, 224, 224}, values}}, {});
    const Answer answer =
        program({"activations", "--input-tensor", path("input"), "-o", path("never")});
    QCOMPARE(answer.code, 1);
    QCOMPARE(
        answer.error(), "inceptoscope: --input-tensor: " + path("input") +
                            ": input has 1 value that is NaN and 1 that is infinite (of 150528); "
                            "all that is computed from them is NaN");
    QVERIFY(!QFile::exists(path("never")));
}

/// Nothing is wrong with the values themselves: the result says that it means nothing.
void TestCliValues::overflow()
{
    const QStringList command{"classify", path("picture.png"), "--weights", path("huge")};
    const Answer json = program(command + QStringList{"--json"});
    QCOMPARE(json.code, 0);
    const QJsonArray top = json.json()[0]["top"].toArray();
    QCOMPARE(top.size(), 5);
    for (const QJsonValue& score : top)
        QVERIFY(score["probability"].isNull());
    QVERIFY2(json.err.contains("the result is NaN"), qPrintable(json.err));
    const Answer text = program(command);
    QCOMPARE(text.out.count("     NaN    "), 5);
    QVERIFY(!text.out.contains('%'));
}

INCEPTOSCOPE_TEST_MAIN(TestCliValues)
#include "test_cli_values.moc"
