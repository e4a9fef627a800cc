#include "support/test_main.h"
#include "weights/facts_graph.h"
#include "weights/layer_weights.h"
#include "weights/open_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/weight_files.h"
#include "zoo/network.h"

#include <QElapsedTimer>
#include <QProcess>

#include <algorithm>
#include <cmath>

using namespace inceptoscope;

/// Whole networks as exporters write them, made here by make_models.py with Debian's
/// python3-torch, python3-torchvision and python3-onnx.
class TestOnnxExports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void torchvision_data();
    void torchvision();
    void caffe();
    void repeatedBlocks();

private:
    [[nodiscard]] bool make(const QStringList& arguments, const char* modules) const;
    Folder m_folder;
};

/// False, loudly, where the modules aren't there.
bool TestOnnxExports::make(const QStringList& arguments, const char* modules) const
{
    const QString python = QStringLiteral("/usr/bin/python3");
    if (QProcess::execute(python, {"-c", QStringLiteral("import ") + modules}) != 0) {
        somethingWasLeftOut() = true;
        std::fprintf(
            stderr, "\n*** NOT TESTED: %s\n*** needs %s with %s.\n\n", QTest::currentTestFunction(),
            qPrintable(python), modules);
        return false;
    }
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(
        python,
        QStringList{INCEPTOSCOPE_SOURCE_DIR "/tests/weights/onnx/make_models.py"} + arguments);
    return process.waitForFinished(280'000) && process.exitCode() == 0;
}

/// Relative to the layer's largest value; negative where the sizes differ.
static double distance(const std::vector<float>& found, const std::vector<float>& expected)
{
    if (found.size() != expected.size())
        return -1;
    double most = 0;
    double scale = 0;
    for (size_t i = 0; i < found.size(); ++i) {
        most = std::max(most, double(std::abs(found[i] - expected[i])));
        scale = std::max(scale, double(std::abs(expected[i])));
    }
    return scale == 0 ? most : most / scale;
}

static void compareLayers(const Graph& graph, const TensorSource& found, const TensorSource& truth)
{
    const WeightReport report = inspect(graph, found);
    QStringList faults;
    for (const std::string& name : report.missing)
        faults += QString::fromStdString(name);
    for (const std::string& note : found.notes())
        faults += QString::fromStdString(note);
    QVERIFY2(report.complete(), qPrintable(faults.join('\n')));
    double worst = 0;
    size_t layers = 0;
    NodeId last = 0;
    for (const Parameter& p : parameters(graph, false)) {
        if (p.node == last)
            continue;
        last = p.node;
        const LayerWeights a = loadLayer(graph, p.node, found);
        const LayerWeights b = loadLayer(graph, p.node, truth);
        const double weight = distance(a.weight, b.weight);
        const double bias = distance(a.bias, b.bias);
        QVERIFY2(weight >= 0 && bias >= 0 && weight <= 1e-5 && bias <= 1e-5, p.key.c_str());
        worst = std::max({worst, weight, bias});
        ++layers;
    }
    qInfo("%zu layers, largest relative difference %.1e", layers, worst);
    QVERIFY(layers > 50);
}

static std::string facts(const char* net)
{
    return sharedPath(QStringLiteral("oracle/facts/%1.json").arg(net)).toStdString();
}

void TestOnnxExports::torchvision_data()
{
    QTest::addColumn<QString>("net");
    QTest::addColumn<QStringList>("variants");
    QTest::newRow("googlenet") << "googlenet"
                               << QStringList{
                                      "9:folded", "9:kept", "11:folded", "13:kept", "16:kept"};
    QTest::newRow("inception_v3") << "inception_v3"
                                  << QStringList{"9:kept", "13:folded", "16:kept", "13:training"};
}

void TestOnnxExports::torchvision()
{
    REQUIRE_SHARED("oracle/facts/torchvision_googlenet.json");
    QFETCH(const QString, net);
    QFETCH(const QStringList, variants);
    const Folder folder;
    if (!make(
            QStringList{"torchvision", net, QString::fromStdString(folder.path(""))} + variants,
            "torch, torchvision, onnx"))
        QSKIP("no exported files");
    const Graph graph = factsGraph(facts(qPrintable("torchvision_" + net)));
    const auto truth = openWeights(folder.path(net.toStdString() + ".safetensors"), graph);
    for (const QString& variant : variants) {
        const QString name = net + '_' + QString(variant).replace(':', '_') + ".onnx";
        QElapsedTimer timer;
        timer.start();
        const auto source = openWeights(folder.path(name.toStdString()), graph);
        qInfo("%s: opened and mapped in %lld ms", qPrintable(name), timer.elapsed());
        compareLayers(graph, *source, *truth);
        if (QTest::currentTestFailed())
            return;
    }
}

/// The released weights, named as in ONNX's model zoo, and under names that say nothing.
void TestOnnxExports::caffe()
{
    REQUIRE_SHARED("oracle/facts/own_bvlc_googlenet.json");
    REQUIRE_SHARED("weights/bvlc_googlenet.f16.safetensors");
    const QString weights = sharedPath("weights/bvlc_googlenet.f16.safetensors");
    if (!make(
            {"facts", sharedPath("oracle/facts/own_bvlc_googlenet.json"),
             QString::fromStdString(m_folder.path("")), weights},
            "onnx"))
        QSKIP("no files");
    const Graph graph = makeNetwork("googlenet").graph;
    const auto truth = openSafetensors(weights.toStdString());
    for (const char* name : {"named.onnx", "shuffled.onnx"}) {
        const auto source = openWeights(m_folder.path(name), graph);
        QVERIFY(inspect(graph, *source).unused.empty());
        compareLayers(graph, *source, *truth);
        if (QTest::currentTestFailed())
            return;
    }
}

/// Inception-ResNet-v2: twenty, ten and ten blocks alike, scaled sums, names that say nothing.
void TestOnnxExports::repeatedBlocks()
{
    REQUIRE_SHARED("oracle/facts/timm_inception_resnet_v2.json");
    const Folder folder;
    if (!make(
            {"facts", sharedPath("oracle/facts/timm_inception_resnet_v2.json"),
             QString::fromStdString(folder.path(""))},
            "onnx"))
        QSKIP("no files");
    const Graph graph = factsGraph(facts("timm_inception_resnet_v2"));
    const auto truth = openSafetensors(folder.path("weights.safetensors"));
    QElapsedTimer timer;
    timer.start();
    const auto source = openWeights(folder.path("shuffled.onnx"), graph);
    qInfo("opened and mapped in %lld ms", timer.elapsed());
    compareLayers(graph, *source, *truth);
}

INCEPTOSCOPE_TEST_MAIN(TestOnnxExports)
#include "test_onnx_exports.moc"
