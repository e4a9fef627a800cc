#include "graph/builder.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/onnx/onnx_mapping.h"
#include "weights/onnx_writer.h"

#include <functional>

using namespace inceptoscope;
using namespace onnx_part;

/// What a file's graph does must be what the network does, however it is written; otherwise the
/// difference is named.
class TestOnnxGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void same_data();
    void same();
    void other_data();
    void other();
    void quantised_data();
    void quantised();
    void residual_data();
    void residual();
    void longChains();

private:
    Folder m_folder;
};

/// conv c 3x3 and ReLU, max pool, LRN, conv d 3x3 of stride 2 and ReLU, average pool, fc.
static Graph network()
{
    GraphBuilder builder(Shape{2, 16, 16});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem, ".");
        (void)builder.input()
            .conv("c", 2, 3)
            .maxPool("max", 3) // ceil mode: 8x8
            .lrn("norm")
            .conv("d", 3, 3, {.stride = 2, .padding = 1}) // 4x4
            .avgPool("average", 3, {.stride = 1, .padding = 1, .ceilMode = false})
            .globalAvgPool("whole")
            .fc("f", 2);
    }
    return builder.finish();
}

using Ints = std::vector<int64_t>;

static std::string ints(const char* name, const Ints& values)
{
    return attribute(name, values);
}

/// The nodes of such a file, to be changed one by one.
struct File
{
    struct Step
    {
        std::string op;
        std::string attributes = {};
        std::vector<std::string> constants = {}; ///< operands behind the data
    };
    std::map<std::string, std::vector<Step>> steps;

    File()
    {
        steps["before"] = {};
        steps["c"] = {{"Conv", ints("pads", {1, 1, 1, 1}), {"cw", "cb"}}};
        steps["c relu"] = {{"Relu"}};
        steps["max"] = {
            {"MaxPool", ints("kernel_shape", {3, 3}) + ints("strides", {2, 2}) +
                            attribute("ceil_mode", int64_t(1))}};
        steps["norm"] = {{"LRN", attribute("size", int64_t(5))}};
        steps["d"] = {{"Conv", ints("pads", {1, 1, 1, 1}) + ints("strides", {2, 2}), {"dw", "db"}}};
        steps["d relu"] = {{"Relu"}};
        steps["average"] = {
            {"AveragePool", ints("kernel_shape", {3, 3}) + ints("pads", {1, 1, 1, 1}) +
                                attribute("count_include_pad", int64_t(1))}};
        steps["whole"] = {{"GlobalAveragePool"}};
        steps["end"] = {{"Flatten"}, {"Gemm", attribute("transB", int64_t(1)), {"fw", "fb"}}};
        steps["behind"] = {};
    }

    [[nodiscard]] std::string model() const
    {
        OnnxWriter writer;
        writer.initialiser("cw", {2, 2, 3, 3}, std::vector<float>(36, 1));
        writer.initialiser("cb", {2}, {1, 2});
        writer.initialiser("dw", {3, 2, 3, 3}, std::vector<float>(54, 1));
        writer.initialiser("db", {3}, {1, 2, 3});
        writer.initialiser("fw", {2, 3}, std::vector<float>(6, 1));
        writer.initialiser("fb", {2}, {1, 2});
        for (const auto& [name, value] :
             std::map<std::string, float>{{"zero", 0}, {"six", 6}, {"large", 3.4028235e38F}})
            writer.initialiser(name, {}, {value});
        writer.initialiser("slopes", {2, 1, 1}, {0.25F, 0.25F});
        writer.initialiser(integers("one a side", {0, 0, 1, 1, 0, 0, 1, 1}));
        std::string value = "x";
        for (const char* part :
             {"before", "c", "c relu", "max", "norm", "d", "d relu", "average", "whole", "end",
              "behind"}) {
            for (size_t i = 0; i < steps.at(part).size(); ++i) {
                const Step& step = steps.at(part)[i];
                std::vector<std::string> inputs{value};
                inputs.insert(inputs.end(), step.constants.begin(), step.constants.end());
                value = std::string(part) + (i == 0 ? "" : " " + std::to_string(i));
                writer.node(step.op, inputs, value, step.attributes);
            }
        }
        return writer.model(13);
    }
};

using Steps = std::vector<File::Step>;

static void row(const char* name, const char* part, const Steps& steps, const char* difference = "")
{
    File file;
    file.steps[part] = steps;
    QTest::newRow(name) << QByteArray::fromStdString(file.model()) << difference;
}

static const std::string three = ints("kernel_shape", {3, 3});

void TestOnnxGraph::same_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("difference");
    row("as it is", "before", {});
    row("Clip from 0 on", "c relu", {{"Clip", "", {"zero"}}});
    row("Clip from 0 to the largest float", "c relu", {{"Clip", "", {"zero", "large"}}});
    row("Clip by attributes", "c relu", {{"Clip", attribute("min", 0.0F)}});
    row("Max with 0", "c relu", {{"Max", "", {"zero"}}});
    row("LeakyRelu without slope", "c relu", {{"LeakyRelu", attribute("alpha", 0.0F)}});
    row("ReLU twice", "c relu", {{"Relu"}, {"Identity"}, {"Relu"}});
    row("the kernel's shape", "c", {{"Conv", three + ints("pads", {1, 1, 1, 1}), {"cw", "cb"}}});
    row("automatic padding", "c",
        {{"Conv", textAttribute("auto_pad", "SAME_UPPER"), {"cw", "cb"}}});
    row("a Pad of its own", "c",
        {{"Pad", ints("pads", {0, 0, 1, 1, 0, 0, 1, 1})}, {"Conv", "", {"cw", "cb"}}});
    row("a Pad by operand", "c",
        {{"Pad", textAttribute("mode", "constant"), {"one a side", "zero"}},
         {"Conv", "", {"cw", "cb"}}});
    // The last row and column that it would read aren't there for stride 2.
    row("padding that nothing reads", "d",
        {{"Conv", ints("pads", {1, 1, 0, 0}) + ints("strides", {2, 2}), {"dw", "db"}}});
    row("the pool's end padded", "max",
        {{"MaxPool", three + ints("strides", {2, 2}) + ints("pads", {0, 0, 1, 1})}});
    row("the pool's end padded before", "max",
        {{"Pad", ints("pads", {0, 0, 0, 0, 0, 0, 1, 1})},
         {"MaxPool", three + ints("strides", {2, 2})}});
    row("an average's padding before", "average",
        {{"Pad", ints("pads", {0, 0, 1, 1, 0, 0, 1, 1})}, {"AveragePool", three}});
    row("a whole plane by its size", "whole", {{"AveragePool", ints("kernel_shape", {4, 4})}});
    row("a whole plane as a mean", "whole", {{"ReduceMean", ints("axes", {2, 3})}});
    row("the picture prepared", "before", {{"Mul", "", {"six"}}, {"Sub", "", {"six"}}});
    row("probabilities", "behind", {{"Softmax"}});
    row("their logarithm", "behind", {{"LogSoftmax"}});
}

void TestOnnxGraph::same()
{
    QFETCH(const QByteArray, bytes);
    const Graph graph = network();
    const auto source = openOnnxFor(m_folder.write("model", bytes.toStdString()), graph);
    QVERIFY2(
        source->differences().empty(),
        source->differences().empty() ? "" : source->differences().front().c_str());
    QVERIFY(inspect(graph, *source).complete());
}

void TestOnnxGraph::other_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("difference");
    const auto activation = [](const char* name, const Steps& steps, const std::string& what) {
        const std::string all = "behind m.c (its \"c_node\") it has " + what + ", the network Relu";
        row(name, "c relu", steps, all.c_str());
    };
    activation("no activation", {}, "nothing");
    activation("LeakyReLU", {{"LeakyRelu"}}, "node \"c relu_node\" (LeakyRelu, slope 0.01)");
    activation(
        "LeakyReLU, steeper", {{"LeakyRelu", attribute("alpha", 0.2F)}},
        "node \"c relu_node\" (LeakyRelu, slope 0.2)");
    activation("sigmoid", {{"Sigmoid"}}, "node \"c relu_node\" (Sigmoid)");
    activation("PReLU", {{"PRelu", "", {"slopes"}}}, "node \"c relu_node\" (PRelu)");
    activation("ELU", {{"Elu"}}, "node \"c relu_node\" (Elu, alpha 1)");
    activation("hard swish", {{"HardSwish"}}, "node \"c relu_node\" (HardSwish)");
    activation(
        "ReLU6", {{"Clip", "", {"zero", "six"}}}, "node \"c relu_node\" (Clip, from 0 to 6)");
    activation(
        "ReLU6 by attributes", {{"Clip", attribute("min", 0.0F) + attribute("max", 6.0F)}},
        "node \"c relu_node\" (Clip, from 0 to 6)");
    activation("an unknown operator", {{"my::Op"}}, "node \"c relu_node\" (my::Op)");
    row("something more", "c relu", {{"Relu"}, {"Mul", "", {"six"}}},
        "behind m.c (its \"c_node\") it has node \"c relu 1_node\" (Mul), the network nothing");
    row("an average instead", "max",
        {{"AveragePool", three + ints("strides", {2, 2}) + attribute("ceil_mode", int64_t(1))}},
        "its node \"max_node\" is an average pool of 3x3, stride 2x2, padding 0 0 0 0, its end "
        "rounded up, the network's m.max is a max pool of 3x3, stride 2x2, padding 0 0 0 0, its "
        "end rounded up");
    row("rounded down", "max", {{"MaxPool", three + ints("strides", {2, 2})}},
        "its node \"max_node\" is a max pool of 3x3, stride 2x2, padding 0 0 0 0, the network's");
    row("another window", "max",
        {{"MaxPool", ints("kernel_shape", {2, 2}) + ints("strides", {2, 2})}},
        "its node \"max_node\" is a max pool of 2x2, stride 2x2");
    row("padded before too", "max",
        {{"MaxPool", three + ints("strides", {2, 2}) + ints("pads", {1, 1, 1, 1})}},
        "its node \"max_node\" is a max pool of 3x3, stride 2x2, padding 1 1 1 1, the network's");
    row("padding not counted", "average", {{"AveragePool", three + ints("pads", {1, 1, 1, 1})}},
        "its node \"average_node\" is an average pool of 3x3, stride 1x1, padding 1 1 1 1, padding "
        "not counted, the network's m.average is an average pool of 3x3, stride 1x1, padding 1 1 1 "
        "1, padding counted");
    row("a part of the plane", "whole", {{"AveragePool", ints("kernel_shape", {3, 3})}},
        "its node \"whole_node\" is an average pool of 3x3, stride 1x1, padding 0 0 0 0, the "
        "network's m.whole is an average pool of the whole plane");
    row("no normalisation", "norm", {},
        "behind m.max (its \"max_node\") it has nothing, the network LRN of size 5, alpha 0.0001, "
        "beta 0.75, k 1");
    row("another normalisation", "norm",
        {{"LRN",
          attribute("size", int64_t(5)) + attribute("alpha", 5e-4F) + attribute("bias", 2.0F)}},
        "behind m.max (its \"max_node\") it has node \"norm_node\" (LRN, size 5, alpha 0.0005, "
        "beta "
        "0.75, k 2), the network LRN of size 5, alpha 0.0001, beta 0.75, k 1");
    row("another padding", "c", {{"Conv", "", {"cw", "cb"}}},
        "its node \"c_node\" is a convolution of 3x3, stride 1x1, padding 0 0 0 0, the network's "
        "m.c is a convolution of 3x3, stride 1x1, padding 1 1 1 1");
    row("a mirrored border", "c",
        {{"Pad", textAttribute("mode", "reflect"), {"one a side"}}, {"Conv", "", {"cw", "cb"}}},
        "its node \"c 1_node\" is a convolution of 3x3, stride 1x1, padding 0 0 0 0");
    row("another stride", "d", {{"Conv", ints("pads", {1, 1, 1, 1}), {"dw", "db"}}},
        "its node \"d_node\" is a convolution of 3x3, stride 1x1, padding 1 1 1 1, the network's "
        "m.d is a convolution of 3x3, stride 2x2, padding 1 1 1 1");
    row("dilated", "d",
        {{"Conv",
          ints("pads", {2, 2, 2, 2}) + ints("strides", {2, 2}) + ints("dilations", {2, 2}),
          {"dw", "db"}}},
        "its node \"d_node\" is a convolution of 3x3, stride 2x2, padding 2 2 2 2, dilation 2x2");
    row("the other side padded", "d",
        {{"Conv", ints("pads", {0, 0, 1, 1}) + ints("strides", {2, 2}), {"dw", "db"}}},
        "its node \"d_node\" is a convolution of 3x3, stride 2x2, padding 0 0 1 1");
    row("a sigmoid at the end", "behind", {{"Sigmoid"}},
        "behind m.f (its \"end 1_node\") it has node \"behind_node\" (Sigmoid), the network "
        "nothing");
}

void TestOnnxGraph::other()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, difference);
    const Graph graph = network();
    const auto source = openOnnxFor(m_folder.write("model", bytes.toStdString()), graph);
    const WeightReport report = inspect(graph, *source);
    QVERIFY(!report.complete());
    QVERIFY2(report.missing.empty(), report.missing.empty() ? "" : report.missing[0].c_str());
    QCOMPARE(report.differences.size(), size_t(1));
    QVERIFY2(
        QString::fromStdString(report.differences[0]).startsWith(difference),
        report.differences[0].c_str());
}

void TestOnnxGraph::quantised_data()
{
    QTest::addColumn<QString>("op");
    for (const char* op :
         {"QLinearConv", "ConvInteger", "QuantizeLinear", "DequantizeLinear",
          "DynamicQuantizeLinear", "MatMulNBits", "com.microsoft::QGemm"})
        QTest::newRow(op) << op;
}

/// Eight bits a weight: refused as what it is, before anything is compared.
void TestOnnxGraph::quantised()
{
    QFETCH(const QString, op);
    File file;
    file.steps["c relu"].push_back({op.toStdString()});
    const std::string path = m_folder.write("quantised", file.model());
    const Graph graph = network();
    QCOMPARE(
        QString::fromStdString(refusal([&] { (void)openOnnxFor(path, graph); }).message),
        "weights: " + QString::fromStdString(path) + ": it is a quantised ONNX model (" + op +
            " in node \"c relu 1_node\"); give the float32 model that it was made from");
}

void TestOnnxGraph::residual_data()
{
    QTest::addColumn<bool>("swapped");
    QTest::addColumn<QString>("op");
    QTest::addColumn<QString>("difference");
    QTest::newRow("as it is") << false << "Relu"
                              << "";
    QTest::newRow("operands exchanged") << true << "Relu"
                                        << "";
    QTest::newRow("another activation")
        << true << "Tanh"
        << "behind m.sum (its \"sum_node\") it has node \"r_node\" (Tanh), the network Relu";
    QTest::newRow("none") << false << "Identity"
                          << "behind m.sum (its \"sum_node\") it has nothing, the network Relu";
}

/// A sum of a branch without activation, scaled, and what it was made from.
void TestOnnxGraph::residual()
{
    QFETCH(const bool, swapped);
    QFETCH(const QString, op);
    QFETCH(const QString, difference);
    GraphBuilder builder(Shape{2, 4, 4});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem, ".");
        const Tensor x = builder.input().conv("a", 2, 1);
        const Tensor y = x.conv("b", 2, 1, {.activation = Activation::None});
        (void)add(x, y, {.scale = 0.5F, .activation = Activation::Relu}).conv("e", 2, 3);
    }
    const Graph graph = builder.finish();
    OnnxWriter writer;
    for (const char* name : {"aw", "bw"})
        writer.initialiser(name, {2, 2, 1, 1}, {1, 2, 3, 4});
    writer.initialiser("ew", {2, 2, 3, 3}, std::vector<float>(36, 1));
    writer.initialiser("half", {}, {0.5F});
    writer.node("Conv", {"x", "aw"}, "a")
        .node("Relu", {"a"}, "ar")
        .node("Conv", {"ar", "bw"}, "b")
        .node("Mul", {"b", "half"}, "scaled");
    writer.node(
        "Add",
        swapped ? std::vector<std::string>{"scaled", "ar"}
                : std::vector<std::string>{"ar", "scaled"},
        "sum");
    writer.node(op.toStdString(), {"sum"}, "r")
        .node("Conv", {"r", "ew"}, "e", ints("pads", {1, 1, 1, 1}))
        .node("Relu", {"e"}, "y");
    const auto source = openOnnxFor(m_folder.write("model", writer.model()), graph);
    QStringList found;
    for (const std::string& sentence : source->differences())
        found += QString::fromStdString(sentence);
    QCOMPARE(found.join('|'), difference);
}

/// A file of nothing but activations takes neither time nor memory beyond its size.
void TestOnnxGraph::longChains()
{
    OnnxWriter writer;
    writer.initialiser("w", {2, 2, 1, 1}, {1, 2, 3, 4});
    writer.node("Conv", {"x", "w"}, "0");
    constexpr int many = 20000;
    for (int i = 0; i < many; ++i)
        writer.node("Sigmoid", {std::to_string(i)}, std::to_string(i + 1));
    const Graph graph = [] {
        GraphBuilder builder(Shape{2, 1, 1});
        {
            const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem, ".");
            (void)builder.input().conv("c", 2, 1);
        }
        return builder.finish();
    }();
    const auto source = openOnnxFor(m_folder.write("model", writer.model()), graph);
    QCOMPARE(source->differences().size(), size_t(1));
    QVERIFY(source->differences()[0].size() < 1000);
}

INCEPTOSCOPE_TEST_MAIN(TestOnnxGraph)
#include "test_onnx_graph.moc"
