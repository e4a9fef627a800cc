#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/onnx/onnx_mapping.h"
#include "weights/onnx_small_net.h"

using namespace inceptoscope;
using namespace onnx_part;

/// Batch normalisation and residual scales: what the file and the network write in different
/// places comes out the same.
class TestOnnxFolding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void normalised_data();
    void normalised();
    void normalisedBehindLinear();
    void residualScale_data();
    void residualScale();

private:
    Folder m_folder;
};

static const std::vector<std::string> normOperands = {"c", "scale", "shift", "mean", "variance"};

/// Batch normalisation of epsilon 0 and operands above: times 4 and 1.5.
void TestOnnxFolding::normalised_data()
{
    addColumns();
    const std::string eps = attribute("epsilon", 0.0F);
    const auto conv = [] { return writer().node("Conv", {"x", "w"}, "c"); };
    add("batch normalisation", conv().node("BatchNormalization", normOperands, "y", eps),
        {4, 8, 4.5F, 6}, {-3.5F, 1});
    add("another epsilon",
        conv().node("BatchNormalization", normOperands, "y", attribute("epsilon", 2.0F)),
        {2 / 1.5F, 4 / 1.5F, 9 / std::sqrt(6.0F), 12 / std::sqrt(6.0F)},
        {0.5F - 2 / 1.5F, -0.5F + 3 / std::sqrt(6.0F)});
    add("with a bias",
        writer()
            .node("Conv", {"x", "w", "b"}, "c")
            .node("BatchNormalization", normOperands, "y", eps),
        {4, 8, 4.5F, 6}, {36.5F, 31});
    add("then scaled and shifted",
        conv()
            .node("BatchNormalization", normOperands, "n", eps)
            .node("Mul", {"n", "factors"}, "m")
            .node("Add", {"m", "b11"}, "y"),
        {8, 16, -13.5F, -18}, {3, 17});
    add("folded", writer().node("Conv", {"x", "w", "b"}, "y"), {1, 2, 3, 4}, {10, 20});
    add("folded without bias", conv(), {1, 2, 3, 4}, {0, 0});
}

/// Whatever the file has, a network with batch normalisation and one without take it.
void TestOnnxFolding::normalised()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Numbers, weight);
    QFETCH(const Numbers, bias);
    const std::string path = m_folder.write("model", bytes.toStdString());
    for (const float eps : {0.0F, 1e-3F})
        for (const bool own : {false, true})
            for (const bool gamma : {false, true}) {
                Conv2d conv = plainConv();
                conv.bias = own;
                conv.batchNorm = BatchNorm{.eps = eps, .gamma = gamma};
                const Graph graph = graphOf(conv);
                const auto source = openOnnxFor(path, graph);
                QVERIFY(inspect(graph, *source).complete());
                const LayerWeights layer = loadLayer(graph, *graph.find("m/c"), *source);
                compare(layer.weight, weight);
                compare(layer.bias, bias);
            }
    const Graph graph = graphOf(plainConv());
    const auto source = openOnnxFor(path, graph);
    QVERIFY(inspect(graph, *source).complete());
    compare(loadLayer(graph, *graph.find("m/c"), *source).weight, weight);
    compare(loadLayer(graph, *graph.find("m/c"), *source).bias, bias);
}

/// An embedding: a linear layer without bias, then batch normalisation as an op of its own.
void TestOnnxFolding::normalisedBehindLinear()
{
    const float eps = 1e-3F;
    const auto start = [] {
        return writer()
            .initialiser("rows", {2, 2}, {1, 2, 3, 4})
            .node("Conv", {"x", "w", "b"}, "conv")
            .node("Flatten", {"conv"}, "v");
    };
    const std::string transB = attribute("transB", int64_t(1));
    OnnxWriter kept = start();
    kept.node("Gemm", {"v", "rows"}, "c", transB)
        .node("BatchNormalization", normOperands, "y", attribute("epsilon", eps));
    OnnxWriter folded = start();
    folded.node("Gemm", {"v", "rows", "b"}, "y", transB);
    GraphBuilder builder(Shape{2, 1, 1});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
        (void)builder.input()
            .then("c", plainConv())
            .then("f", FullyConnected{.outFeatures = 2, .bias = false})
            .then("n", BatchNorm{.eps = eps});
    }
    const Graph graph = builder.finish();
    for (const OnnxWriter* file : {&kept, &folded}) {
        const auto source = openOnnxFor(m_folder.write("model", file->model()), graph);
        QVERIFY(inspect(graph, *source).complete());
        const LayerWeights linear = loadLayer(graph, *graph.find("m/f"), *source);
        const LayerWeights norm = loadLayer(graph, *graph.find("m/n"), *source);
        compare(linear.weight, {1, 2, 3, 4});
        if (file == &folded) {
            compare(linear.bias, {10, 20});
            compare(norm.weight, {1, 1});
            compare(norm.bias, {0, 0});
        } else {
            compare(linear.bias, {0, 0});
            const float a = 2 / std::sqrt(0.25F + eps);
            const float b = 3 / std::sqrt(4 + eps);
            compare(norm.weight, {a, b});
            compare(norm.bias, {0.5F - a, -0.5F + b});
        }
    }
}

void TestOnnxFolding::residualScale_data()
{
    QTest::addColumn<bool>("inConvolution");
    QTest::addColumn<bool>("inFile");
    for (const bool inConvolution : {false, true})
        for (const bool inFile : {false, true})
            QTest::addRow("%d %d", inConvolution, inFile) << inConvolution << inFile;
}

/// x + 2 * conv(x): whichever part of the network scales, together it is what the file does.
void TestOnnxFolding::residualScale()
{
    QFETCH(const bool, inConvolution);
    QFETCH(const bool, inFile);
    GraphBuilder builder(Shape{2, 1, 1});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
        Conv2d conv = plainConv();
        const Tensor x = builder.input().then("first", conv);
        conv.scale = inConvolution ? 2.0F : 1.0F;
        (void)add(x, x.then("c", conv), {.scale = inConvolution ? 1.0F : 2.0F});
    }
    const Graph graph = builder.finish();
    OnnxWriter file = writer();
    file.node("Conv", {"x", "w", "b"}, "f").node("Conv", {"f", "w", "b"}, "c");
    if (inFile)
        file.node("Mul", {"c", "two"}, "scaled").node("Add", {"scaled", "f"}, "y");
    else
        file.node("Add", {"f", "c"}, "y");
    const auto source = openOnnxFor(m_folder.write("model", file.model()), graph);
    QVERIFY(inspect(graph, *source).complete());
    const LayerWeights layer = loadLayer(graph, *graph.find("m/c"), *source);
    const float factor = (inConvolution ? 2.0F : 1.0F) * (inFile ? 1.0F : 0.5F);
    compare(layer.weight, {factor * 1, factor * 2, factor * 3, factor * 4});
    compare(layer.bias, {factor * 10, factor * 20});
}

INCEPTOSCOPE_TEST_MAIN(TestOnnxFolding)
#include "test_onnx_folding.moc"
