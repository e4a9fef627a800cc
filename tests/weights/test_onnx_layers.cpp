#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/onnx/onnx_mapping.h"
#include "weights/onnx_small_net.h"

using namespace inceptoscope;
using namespace onnx_part;

/// The many ways in which files write a layer, each to the same weights and biases.
class TestOnnxLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convolutions_data();
    void convolutions();
    void linear_data();
    void linear();
    void notUsable_data();
    void notUsable();

private:
    Folder m_folder;
};

void TestOnnxLayers::convolutions_data()
{
    addColumns();
    const Numbers w = {1, 2, 3, 4};
    const Numbers b = {10, 20};
    add("with bias", writer().node("Conv", {"x", "w", "b"}, "y"), w, b);
    add("without", writer().node("Conv", {"x", "w"}, "y"), w, {0, 0});
    add("bias left out", writer().node("Conv", {"x", "w", ""}, "y"), w, {0, 0});
    add("bias added", writer().node("Conv", {"x", "w"}, "c").node("Add", {"c", "1b11"}, "y"), w, b);
    add("bias first", writer().node("Conv", {"x", "w"}, "c").node("Add", {"b11", "c"}, "y"), w, b);
    add("bias added by axis",
        writer()
            .node("Conv", {"x", "w"}, "c")
            .node(
                "Add", {"c", "b"}, "y",
                attribute("broadcast", int64_t(1)) + attribute("axis", int64_t(1))),
        w, b, 6);
    add("one bias for all", writer().node("Conv", {"x", "w"}, "c").node("Add", {"c", "two"}, "y"),
        w, {2, 2});
    add("two biases", writer().node("Conv", {"x", "w", "b"}, "c").node("Sub", {"c", "b11"}, "y"), w,
        {0, 0});
    add("factor", writer().node("Conv", {"x", "w", "b"}, "c").node("Mul", {"factors", "c"}, "y"),
        {2, 4, -9, -12}, {20, -60});
    add("divisor", writer().node("Conv", {"x", "w", "b"}, "c").node("Div", {"c", "two"}, "y"),
        {0.5F, 1, 1.5F, 2}, {5, 10});
    add("weights of a Constant",
        writer()
            .node(
                "Constant", {}, "k",
                tensorAttribute("value", tensor("", {2, 2, 1, 1}, std::vector<float>{5, 6, 7, 8})))
            .node("Conv", {"x", "k", "b"}, "y"),
        {5, 6, 7, 8}, b);
    add("weights passed on",
        writer()
            .node("Identity", {"w"}, "i")
            .node("Cast", {"i"}, "k", attribute("to", int64_t(1)))
            .node("Conv", {"x", "k", "b"}, "y"),
        w, b);
    add("weights transposed",
        writer()
            .node("Transpose", {"w"}, "t", attribute("perm", std::vector<int64_t>{1, 0, 2, 3}))
            .node("Conv", {"x", "t", "b"}, "y"),
        {1, 3, 2, 4}, b);
    add("weights reshaped",
        writer()
            .initialiser("flat", {4}, {1, 2, 3, 4})
            .initialiser(integers("shape", {2, -1, 1, 1}))
            .node("Reshape", {"flat", "shape"}, "k")
            .node("Conv", {"x", "k", "b"}, "y"),
        w, b);
    add("weights unsqueezed",
        writer()
            .initialiser("flat", {2, 2}, {1, 2, 3, 4})
            .node("Unsqueeze", {"flat"}, "k", attribute("axes", std::vector<int64_t>{2, 3}))
            .node("Conv", {"x", "k", "b"}, "y"),
        w, b);
    add("bias unsqueezed, axes as operand",
        writer()
            .initialiser(integers("axes", {-1, 1}))
            .node("Unsqueeze", {"b", "axes"}, "u")
            .node("Conv", {"x", "w"}, "c")
            .node("Add", {"c", "u"}, "y"),
        w, b, 13);
    add("what doesn't matter around it",
        writer()
            .node("Mul", {"x", "two"}, "scaled")
            .node("Pad", {"scaled"}, "padded")
            .node("Conv", {"padded", "w", "b"}, "c")
            .node("Dropout", {"c"}, "d")
            .node("Softmax", {"d"}, "y"),
        w, b);
}

void TestOnnxLayers::convolutions()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Numbers, weight);
    QFETCH(const Numbers, bias);
    const Graph graph = graphOf(plainConv());
    const auto source = openOnnxFor(m_folder.write("model", bytes.toStdString()), graph);
    const WeightReport report = inspect(graph, *source);
    QVERIFY(report.complete());
    const LayerWeights layer = loadLayer(graph, *graph.find("m/c"), *source);
    compare(layer.weight, weight);
    compare(layer.bias, bias);
}

/// W is 3x2, rows of an output each.
void TestOnnxLayers::linear_data()
{
    addColumns();
    const auto start = [] {
        return writer()
            .initialiser("rows", {3, 2}, {1, 2, 3, 4, 5, 6})
            .initialiser("columns", {2, 3}, {1, 3, 5, 2, 4, 6})
            .initialiser("c", {3}, {7, 8, 9})
            .initialiser("1c", {1, 3}, {7, 8, 9})
            .initialiser("as a convolution", {3, 2, 1, 1}, {1, 2, 3, 4, 5, 6})
            .node("Conv", {"x", "w", "b"}, "conv")
            .node("Flatten", {"conv"}, "v");
    };
    const Numbers w = {1, 2, 3, 4, 5, 6};
    const Numbers b = {7, 8, 9};
    const std::string transB = attribute("transB", int64_t(1));
    add("Gemm, rows", start().node("Gemm", {"v", "rows", "c"}, "y", transB), w, b);
    add("Gemm, columns", start().node("Gemm", {"v", "columns", "1c"}, "y"), w, b);
    add("Gemm, no bias", start().node("Gemm", {"v", "columns"}, "y"), w, {0, 0, 0});
    add("Gemm, factors",
        start().node(
            "Gemm", {"v", "rows", "c"}, "y",
            transB + attribute("alpha", 2.0F) + attribute("beta", -1.0F)),
        {2, 4, 6, 8, 10, 12}, {-7, -8, -9});
    add("MatMul", start().node("MatMul", {"v", "columns"}, "y"), w, {0, 0, 0});
    add("MatMul and Add",
        start().node("MatMul", {"v", "columns"}, "m").node("Add", {"m", "c"}, "y"), w, b);
    add("MatMul of transposed rows",
        start()
            .node("Transpose", {"rows"}, "t")
            .node("MatMul", {"v", "t"}, "m")
            .node("Add", {"1c", "m"}, "y"),
        w, b);
    add("convolution", start().node("Conv", {"conv", "as a convolution", "c"}, "y"), w, b);
}

void TestOnnxLayers::linear()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Numbers, weight);
    QFETCH(const Numbers, bias);
    const Graph graph = graphOf(plainConv(), true);
    const auto source = openOnnxFor(m_folder.write("model", bytes.toStdString()), graph);
    QVERIFY(inspect(graph, *source).complete());
    const LayerWeights layer = loadLayer(graph, *graph.find("m/f"), *source);
    compare(layer.weight, weight);
    compare(layer.bias, bias);
}

void TestOnnxLayers::notUsable_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("note");
    const auto row = [](const char* name, const OnnxWriter& file, const char* note) {
        QTest::newRow(name) << QByteArray::fromStdString(file.model()) << note;
    };
    row("computed weights", writer().node("Sigmoid", {"w"}, "k").node("Conv", {"x", "k"}, "y"),
        "the file's Conv \"y_node\" has no weights that are stored as floating-point numbers");
    row("integer weights",
        writer()
            .initialiser(tensor("q", {2, 2, 1, 1}, bytesOfValues(std::vector<int64_t>(4, 1)), 7))
            .node("Conv", {"x", "q"}, "y"),
        "the file's Conv \"y_node\" has no weights that are stored as floating-point numbers");
    row("one-dimensional convolution",
        writer().initialiser("k", {2, 2, 1}, {1, 2, 3, 4}).node("Conv", {"x", "k"}, "y"),
        "the file's Conv \"y_node\" has weights of another rank than an image's layers");
    row("another shape altogether",
        writer()
            .initialiser("k", {4, 2, 3, 3}, std::vector<float>(72))
            .node("Conv", {"x", "k"}, "y"),
        "nothing in the file is m/c of 2x2x1x1|"
        "the network has no place for the file's convolution \"y_node\" of 4x2x3x3");
}

void TestOnnxLayers::notUsable()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, note);
    const Graph graph = graphOf(plainConv());
    const auto source = openOnnxFor(m_folder.write("model", bytes.toStdString()), graph);
    QVERIFY(!inspect(graph, *source).complete());
    QStringList notes;
    for (const std::string& n : source->notes())
        notes += QString::fromStdString(n);
    QVERIFY2(notes.join('|').contains(note), qPrintable(notes.join('|')));
    QCOMPARE(
        refusal([&] { (void)loadLayer(graph, *graph.find("m/c"), *source); }).message,
        "weights: " + m_folder.path("model") +
            " has no tensor m/c.weight, which the network needs");
}

INCEPTOSCOPE_TEST_MAIN(TestOnnxLayers)
#include "test_onnx_layers.moc"
