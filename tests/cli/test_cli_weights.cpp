// Weights with classes and pictures of their own, through the whole program.
#include "cli/program.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/synthetic.h"
#include "zoo/network.h"

#include <QImage>
#include <QTemporaryDir>

using namespace inceptoscope;

class TestCliWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void classNames();
    void givenNames();
    void namesThatDontFit();
    void tensorFlowHead();
    void logitsOfOtherClasses();
    void channelOrder();
    void preprocessFaults();
    void inspectMapped();
    void inspectUnmapped();
    void otherNetwork();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(name); }
    void
    write(const char* name, uint32_t classes, const std::map<std::string, std::string>& metadata);
    [[nodiscard]] Answer classify(const char* weights, const QStringList& more = {}) const
    {
        return program(
            QStringList{
                "classify", path("picture.png"), "--network", "googlenet_bn", "--weights",
                path(weights), "--json"} +
            more);
    }

    QTemporaryDir m_folder;
};

namespace {

QJsonArray top(const Answer& answer)
{
    return answer.json()[0]["top"].toArray();
}

} // namespace

void TestCliWeights::write(
    const char* name, uint32_t classes, const std::map<std::string, std::string>& metadata)
{
    const Graph graph = makeNetwork("googlenet_bn", {.classes = classes}).graph;
    std::vector<std::vector<float>> values;
    std::vector<NamedTensor> tensors;
    for (const Parameter& p : parameters(graph, false))
        values.push_back(syntheticTensor(p.key, p.shape, ""));
    size_t i = 0;
    for (const Parameter& p : parameters(graph, false))
        tensors.push_back({.key = p.key, .shape = p.shape, .data = values[i++]});
    writeSafetensors(path(name).toStdString(), tensors, metadata);
}

void TestCliWeights::initTestCase()
{
    QImage image(300, 260, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb(x & 255, y / 2, 30));
    QVERIFY(image.save(path("picture.png")));
    write(
        "three", 3,
        {{"labels", R"(["disc", "star", "wave"])"}, {"channel_order", "BGR"}, {"resize", "240"}});
    write("tensorflow", 1001, {});
}

void TestCliWeights::classNames()
{
    const Answer answer = classify("three");
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(answer.error(), QString()); // a slow machine may report progress
    QVERIFY(!answer.err.contains("random"));
    QCOMPARE(top(answer).size(), 3);
    const QStringList names = {"disc", "star", "wave"};
    for (const QJsonValue& score : top(answer))
        QCOMPARE(score["label"].toString(), names[score["index"].toInt()]);
}

void TestCliWeights::givenNames()
{
    QFile file(path("names.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("n01440764 tench\nn01443537 goldfish\nn01484850 shark\n");
    file.close();
    const QStringList names = {"tench", "goldfish", "shark"};
    const Answer answer = classify("three", {"--labels", file.fileName()});
    QCOMPARE(answer.code, 0);
    for (const QJsonValue& score : top(answer))
        QCOMPARE(score["label"].toString(), names[score["index"].toInt()]);
}

void TestCliWeights::namesThatDontFit()
{
    QFile file(path("two.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("one\ntwo\n");
    file.close();
    const Answer answer = classify("three", {"--labels", file.fileName()});
    QCOMPARE(answer.code, 1);
    QCOMPARE(
        answer.err.trimmed(),
        "inceptoscope: --labels: " + file.fileName() + " names 2 classes, the weights have 3");
}

void TestCliWeights::tensorFlowHead()
{
    const Answer answer = classify("tensorflow", {"--top", "1001"});
    QCOMPARE(answer.code, 0);
    QCOMPARE(top(answer).size(), 1001);
    for (const QJsonValue& score : top(answer)) {
        if (score["index"].toInt() == 0)
            QCOMPARE(score["label"].toString(), "background");
        if (score["index"].toInt() == 283)
            QCOMPARE(score["label"].toString(), "tiger cat");
    }
}

void TestCliWeights::logitsOfOtherClasses()
{
    for (const auto& [weights, classes] :
         {std::pair("three", 3U), std::pair("tensorflow", 1001U)}) {
        const Answer answer = program(
            {"activations", path("picture.png"), "--network", "googlenet_bn", "--weights",
             path(weights), "--tap", "logits", "--tap", "probabilities", "-o", path("out")});
        QVERIFY2(answer.code == 0, qPrintable(answer.err));
        const auto file = openSafetensors(path("out").toStdString());
        for (const char* name : {"logits", "probabilities"})
            QVERIFY(
                (file->tensors()[*file->find(name)].shape == std::vector<uint64_t>{1, classes}));
    }
}

/// The file's order is BGR; a picture with red and blue exchanged then looks as this one in RGB.
void TestCliWeights::channelOrder()
{
    const QImage image(path("picture.png"));
    QVERIFY(image.rgbSwapped().save(path("swapped.png")));
    const Answer own = classify("three");
    const Answer given = classify("three", {"--preprocess", "channel_order=rgb"});
    const Answer swapped = program(
        {"classify", path("swapped.png"), "--network", "googlenet_bn", "--weights", path("three"),
         "--json", "--preprocess", "channel_order=rgb"});
    QCOMPARE(swapped.code, 0);
    QCOMPARE(top(swapped), top(own));
    QVERIFY(top(given) != top(own));
}

void TestCliWeights::preprocessFaults()
{
    Answer answer = classify("three", {"--preprocess", "bgr"});
    QCOMPARE(answer.code, 2);
    QCOMPARE(
        answer.err.trimmed(),
        "inceptoscope: --preprocess: \"bgr\" is no KEY=VALUE such as channel_order=bgr");
    answer = classify("three", {"--preprocess", "resize=100"});
    QCOMPARE(answer.code, 1);
    QCOMPARE(
        answer.err.trimmed(), "inceptoscope: --preprocess: resize is 100, at least the input's "
                              "224 pixels were expected");
}

void TestCliWeights::inspectMapped()
{
    const QStringList command = {"weights", "inspect", path("three"), "--network", "googlenet_bn"};
    const Answer text = program(command);
    QCOMPARE(text.code, 0);
    QVERIFY(text.out.contains("\nclasses: 3, disc to wave, from the file's metadata\n"));
    QVERIFY(text.out.contains("\ninput: 3x224x224 BGR, 0..1, minus 0.5, divided by 0.5; shorter "
                              "side 240, from the file's metadata\n"));
    const QJsonObject mapping =
        program(command + QStringList("--json")).json()["mapping"].toObject();
    QCOMPARE(mapping["classes"].toInt(), 3);
    QCOMPARE(mapping["labels"]["count"].toInt(), 3);
    const QJsonObject input = mapping["input"].toObject();
    QCOMPARE(
        keys(input),
        QStringList({"channel_order", "from", "mean", "range", "resize", "size", "std"}));
    QCOMPARE(input["channel_order"].toString(), "BGR");
    QCOMPARE(input["resize"].toInt(), 240);
    QCOMPARE(input["std"].toArray(), QJsonArray({0.5, 0.5, 0.5}));
    QCOMPARE(input["from"].toString(), "the file's metadata");
}

void TestCliWeights::inspectUnmapped()
{
    const Answer text = program({"weights", "inspect", path("three")});
    QVERIFY(
        text.out.endsWith("\nthese look like weights of googlenet_bn: --network googlenet_bn\n"));
    const Answer json = program({"weights", "inspect", path("three"), "--json"});
    QCOMPARE(json.json()["looks_like"].toString(), "googlenet_bn");
}

void TestCliWeights::otherNetwork()
{
    const Answer answer = program(
        {"classify", path("picture.png"), "--network", "bn_inception", "--weights", path("three")});
    QCOMPARE(answer.code, 1);
    QVERIFY(answer.err.trimmed().endsWith(
        "; it looks like weights of googlenet_bn (--network googlenet_bn)"));
    QVERIFY(program({"weights", "inspect", path("three"), "--network", "bn_inception"})
                .out.contains("these look like weights of googlenet_bn: --network googlenet_bn"));
}

INCEPTOSCOPE_TEST_MAIN(TestCliWeights)
#include "test_cli_weights.moc"
