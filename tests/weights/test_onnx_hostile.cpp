#include "graph/builder.h"
#include "support/test_main.h"
#include "weights/onnx/onnx_file.h"
#include "weights/onnx/onnx_mapping.h"
#include "weights/onnx_writer.h"

#include <QElapsedTimer>

#include <random>

using namespace inceptoscope;

/// Files that lie: one sentence each, no crash, no memory out of proportion.
class TestOnnxHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refused_data();
    void refused();
    void manyParts();
    void deepGraph();
    void doubledConcatenations();
    void truncated();
    void changedBytes();

private:
    [[nodiscard]] Refusal opening(const std::string& bytes) const;
    Graph m_graph;
    Folder m_folder;
};

void TestOnnxHostile::initTestCase()
{
    GraphBuilder builder(Shape{1, 4, 4});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
        (void)builder.input().conv("c", 2, 1);
    }
    m_graph = builder.finish();
}

Refusal TestOnnxHostile::opening(const std::string& bytes) const
{
    const std::string path = m_folder.write("model", bytes);
    return refusal([&] { (void)openOnnxFor(path, m_graph); });
}

static std::string withTensor(const std::string& tensor)
{
    return OnnxWriter().initialiser(tensor).node("Relu", {"x"}, "y").model();
}

static std::string
withConv(const std::string& attributes, const std::vector<std::string>& inputs = {"x", "w", "b"})
{
    return OnnxWriter()
        .initialiser("w", {2, 1, 1, 1}, {1, 2})
        .initialiser("b", {2}, {1, 2})
        .initialiser("three", {3}, {1, 2, 3})
        .node("Conv", inputs, "y", attributes)
        .model();
}

void TestOnnxHostile::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* name, const std::string& bytes, const char* message) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << message;
    };
    using namespace onnx_part;
    add("no graph", wire::number(1, 4) + wire::bytes(2, "p"),
        "it is an ONNX model without a graph");
    add("negative dimension", withTensor(tensor("w", {2, -3}, "")),
        "initialiser \"w\" has the dimension -3");
    add("overflowing dimensions", withTensor(tensor("w", {int64_t(1) << 40, int64_t(1) << 40}, "")),
        "initialiser \"w\" has the impossible shape 1099511627776x1099511627776");
    add("too many dimensions", withTensor(tensor("w", std::vector<int64_t>(17, 1), "1234")),
        "initialiser \"w\" has 17 dimensions, at most 16 are allowed");
    add("short raw_data", withTensor(tensor("w", {2}, "1234567")),
        "initialiser \"w\" is 2 values of 4 bytes, that is 8 bytes, but has 7");
    add("long raw_data", withTensor(tensor("w", {2}, "123456789")),
        "initialiser \"w\" is 2 values of 4 bytes, that is 8 bytes, but has 9");
    add("huge shape, no data", withTensor(tensor("w", {int64_t(1) << 30, 1000}, "")),
        "initialiser \"w\" is 1073741824x1000 values of 4 bytes, that is 4294967296000 bytes, but "
        "has 0");
    add("unknown data type", withTensor(tensor("w", {1}, "1", 99)),
        "initialiser \"w\" has the unknown data type 99");
    add("no data type", withTensor(wire::bytes(8, "w")),
        "initialiser \"w\" has the unknown data type 0");
    add("hostile name", withTensor(tensor("a\nb\x1b[31m", {1}, "1", 99)),
        "initialiser \"a?b?[31m\" has the unknown data type 99");
    add("two of a name", OnnxWriter().initialiser("w", {1}, {1}).initialiser("w", {1}, {2}).model(),
        "two initialisers are named \"w\"");
    add("bad constant",
        OnnxWriter()
            .node("Constant", {}, "y", tensorAttribute("value", tensor("", {1}, "")))
            .model(),
        "attribute value of node \"y_node\" is 1 values of 4 bytes, that is 4 bytes, but has 0");
    add("missing initialiser", withConv("", {"x", "nothing"}),
        "node \"y_node\" (Conv) reads \"nothing\", which is neither an input nor an initialiser, "
        "nor made by any node");
    add("cycle",
        OnnxWriter()
            .node("Relu", {"x"}, "z")
            .node("Add", {"z", "b"}, "a")
            .node("Relu", {"a"}, "b")
            .model(),
        "its graph is not acyclic: node \"a_node\" (Add) waits for itself");
    add("two makers", OnnxWriter().node("Relu", {"x"}, "y").node("Relu", {"x"}, "y").model(),
        "two nodes make the value \"y\"");
    add("stride 0", withConv(attribute("strides", std::vector<int64_t>{0, 1})),
        "node \"y_node\" has strides that are not 2 numbers from 1 to 65536");
    add("one stride", withConv(attribute("strides", std::vector<int64_t>{1})),
        "node \"y_node\" has strides that are not 2 numbers from 1 to 65536");
    add("negative padding", withConv(attribute("pads", std::vector<int64_t>{0, 0, -1, 0})),
        "node \"y_node\" has pads that are not 4 numbers from 0 to 65536");
    add("strides as a number", withConv(attribute("strides", int64_t(1))),
        "node \"y_node\" has an attribute strides of another type than ONNX gives it");
    add("no groups", withConv(attribute("group", int64_t(0))),
        "node \"y_node\" has 0 groups and 2 output channels");
    add("another kernel", withConv(attribute("kernel_shape", std::vector<int64_t>{3, 3})),
        "node \"y_node\" has weights of 2x1x1x1, but another kernel_shape");
    add("another bias", withConv("", {"x", "w", "three"}),
        "node \"y_node\" has 2 output channels, but a bias of 3");
}

void TestOnnxHostile::refused()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, message);
    const Refusal refused = opening(bytes.toStdString());
    QCOMPARE(
        QString::fromStdString(refused.message),
        "weights: " + QString::fromStdString(m_folder.path("model")) + ": " + message);
    QVERIFY(refused.kind == ErrorKind::BadInput);
}

/// Two bytes a node in the file, hundreds once parsed.
void TestOnnxHostile::manyParts()
{
    std::string graph;
    for (int i = 0; i < 1'000'000; ++i)
        graph += wire::bytes(1, "");
    const Refusal refused = opening(wire::number(1, 4) + wire::bytes(7, graph));
    QVERIFY2(refused.message.find("would take") != std::string::npos, refused.message.c_str());
    std::string nested;
    for (int i = 0; i < 60; ++i) // a subgraph in an attribute of a node, and so on
        nested = wire::bytes(1, wire::bytes(5, wire::bytes(6, nested)));
    QCOMPARE(
        opening(wire::number(1, 4) + wire::bytes(7, nested)).message,
        "weights: " + m_folder.path("model") + ": the ONNX model is nested deeper than 32 levels");
}

/// More layers than any network has, each of the network's own shape.
void TestOnnxHostile::deepGraph()
{
    QElapsedTimer timer;
    timer.start();
    OnnxWriter writer;
    writer.initialiser("w", {2, 1, 1, 1}, {1, 2});
    std::string from = "x";
    for (int i = 0; i < 1500; ++i) {
        const std::string to = "y" + std::to_string(i);
        writer.node("Conv", {from, "w"}, to);
        from = to;
    }
    QVERIFY2(!opening(writer.model()).kind, opening(writer.model()).message.c_str());
    writer.node("Add", {from, from}, "sum");
    for (int i = 0; i < 2000; ++i)
        writer.node("Conv", {"sum", "w"}, "z" + std::to_string(i));
    QCOMPARE(
        opening(writer.model()).message,
        "weights: " + m_folder.path("model") +
            ": its graph has 3502 layers, pools and joins; none of these networks has more than "
            "2000");
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed()) + " ms"));
}

/// Each twice the one before: written out they would be 2^40 operands.
void TestOnnxHostile::doubledConcatenations()
{
    OnnxWriter writer;
    writer.initialiser("w", {2, 1, 1, 1}, {1, 2}).node("Conv", {"x", "w"}, "c0");
    for (int i = 0; i < 40; ++i) {
        const std::string from = "c" + std::to_string(i);
        writer.node(
            "Concat", {from, from}, "c" + std::to_string(i + 1),
            onnx_part::attribute("axis", int64_t(1)));
    }
    QVERIFY2(!opening(writer.model()).kind, opening(writer.model()).message.c_str());
}

static std::string fixtureBytes()
{
    std::ifstream file(
        INCEPTOSCOPE_SOURCE_DIR "/tests/weights/onnx/small_9_kept.onnx", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void TestOnnxHostile::truncated()
{
    const std::string whole = fixtureBytes();
    QVERIFY(whole.size() > 5000);
    size_t accepted = 0;
    for (size_t length = 1; length < whole.size(); length += length < 300 ? 1 : 13) {
        const Refusal refused = opening(whole.substr(0, length));
        accepted += refused.kind ? 0 : 1;
        QVERIFY2(!refused.kind || refused.kind == ErrorKind::BadInput, refused.message.c_str());
        QVERIFY2(
            !refused.kind || refused.message.find(m_folder.path("model")) != std::string::npos,
            refused.message.c_str());
    }
    QVERIFY2(accepted <= 1, "only without what follows the graph is it still a model");
}

void TestOnnxHostile::changedBytes()
{
    const std::string whole = fixtureBytes();
    std::mt19937 random(7);
    size_t refusals = 0;
    for (int round = 0; round < 1500; ++round) {
        std::string bytes = whole;
        for (int i = 0; i < 1 + round % 4; ++i)
            bytes[random() % bytes.size()] = char(random());
        const Refusal refused = opening(bytes);
        refusals += refused.kind ? 1 : 0;
        QVERIFY2(!refused.kind || refused.kind == ErrorKind::BadInput, refused.message.c_str());
    }
    QVERIFY(refusals > 150);
}

INCEPTOSCOPE_TEST_MAIN(TestOnnxHostile)
#include "test_onnx_hostile.moc"
