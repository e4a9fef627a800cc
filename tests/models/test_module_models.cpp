#include "graph/builder.h"
#include "graph/module_groups.h"
#include "models/about.h"
#include "models/colormaps.h"
#include "models/stage/module_layout.h"
#include "models/stage/stage_model.h"
#include "support/fake_engine_data.h"

#include <QtTest>

using namespace inceptoscope;

class TestModuleModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inceptionLayout();
    void chainLayout();
    void sharedOpsSpanTheirBranches();
    void residualBlocksHaveABarAndAShortcut();
    void everyModuleOfEveryNetworkIsDrawnWell_data();
    void everyModuleOfEveryNetworkIsDrawnWell();
    void everyModuleHasItsOpsOnce();
    void boxesOfInception3a();
    void segmentsOfInception3a();
    void neighbours();
    void titles();
    void snapshotFillsBoxes();
    void picturesOfAnotherModuleAreNotTaken();
};

namespace {

std::shared_ptr<const Network> network()
{
    static const auto net = std::make_shared<const Network>(makeNetwork("googlenet"));
    return net;
}

ModuleId idOf(std::string_view name)
{
    return network()->graph.findModule(name).value();
}

FakeRun fakeRun()
{
    QImage picture(64, 48, QImage::Format_RGB32);
    for (int y = 0; y < 48; ++y)
        for (int x = 0; x < 64; ++x)
            picture.setPixel(x, y, qRgb(x * 4, y * 5, (x * y) % 255));
    return {network(), picture, {.colours = colormap("viridis").value()}, false, 1};
}

OpItem* boxOf(const StageModel& stage, const QString& name)
{
    for (OpItem* op : stage.ops())
        if (op->name() == name)
            return op;
    return nullptr;
}

} // namespace

void TestModuleModels::inceptionLayout()
{
    const ModuleLayout layout = layoutModule(network()->graph, idOf("inception_3a"));
    QVERIFY(layout.joins);
    QCOMPARE(layout.columns, 4U);
    QCOMPARE(layout.levels, 2U);
    QCOMPARE(layout.cells.size(), size_t(7));
    for (const LayoutCell& cell : layout.cells) {
        const bool alone = network()->graph[cell.node].name == "inception_3a/1x1";
        QCOMPARE(cell.levels, alone ? 2U : 1U);
        QCOMPARE(cell.columns, 1U);
        QCOMPARE(cell.sources.empty(), cell.level == 0);
    }
}

void TestModuleModels::chainLayout()
{
    const ModuleLayout layout = layoutModule(network()->graph, idOf("conv2"));
    QVERIFY(!layout.joins && !layout.barLevel && !layout.shortcut);
    QCOMPARE(layout.columns, 1U);
    QCOMPARE(layout.levels, 3U);
    for (uint32_t i = 0; i < 3; ++i)
        QCOMPARE(layout.cells[i].level, i);
}

// As in Inception-v3's last modules: one 1x1 feeds a 1x3 and a 3x1.
void TestModuleModels::sharedOpsSpanTheirBranches()
{
    GraphBuilder builder({3, 8, 8});
    const Tensor input = builder.input();
    {
        const ModuleScope module(input, "m", "Module", ModuleKind::Inception);
        const Tensor fork = input.conv("reduce", 4, 1);
        (void)concat({input.conv("1x1", 4, 1), fork.conv("a", 4, 3), fork.conv("b", 4, 3)});
    }
    const Graph graph = builder.finish();
    const ModuleLayout layout = layoutModule(graph, graph.findModule("m").value());
    QCOMPARE(layout.columns, 3U);
    for (const LayoutCell& cell : layout.cells) {
        if (graph[cell.node].name != "m/reduce")
            continue;
        QCOMPARE(cell.column, 1U);
        QCOMPARE(cell.columns, 2U);
        return;
    }
    QFAIL("the shared op is missing");
}

void TestModuleModels::residualBlocksHaveABarAndAShortcut()
{
    const Graph graph = makeNetwork("inception_resnet_v2").graph;
    const ModuleLayout layout = layoutModule(graph, graph.findModule("repeat.3").value());
    QVERIFY(!layout.joins);
    QVERIFY(layout.shortcut);
    QCOMPARE(layout.columns, 3U);
    QCOMPARE(layout.levels, 6U); // three convolutions, concatenation, convolution, sum
    QCOMPARE(layout.barLevel, 3U);
    const LayoutCell& sum = layout.cells.back();
    QVERIFY(sum.shortcut && sum.shared && sum.columns == 3 && sum.level == 5);
    QVERIFY(layoutModule(graph, graph.findModule("mixed_6a").value()).joins);
}

void TestModuleModels::everyModuleOfEveryNetworkIsDrawnWell_data()
{
    QTest::addColumn<QString>("id");
    for (const std::string& id : networkIds())
        QTest::newRow(id.c_str()) << QString::fromStdString(id);
}

/// Cells inside the grid, none over another, each above what feeds it, and all ops but those
/// concatenations that only gather.
void TestModuleModels::everyModuleOfEveryNetworkIsDrawnWell()
{
    QFETCH(const QString, id);
    const Graph graph = makeNetwork(id.toStdString()).graph;
    for (ModuleId module = 0; module < graph.modules().size(); ++module) {
        const char* name = graph.modules()[module].name.c_str();
        const ModuleLayout layout = layoutModule(graph, module);
        std::map<std::pair<uint32_t, uint32_t>, NodeId> taken;
        std::map<NodeId, const LayoutCell*> cells;
        for (const LayoutCell& cell : layout.cells) {
            QVERIFY2(cell.column + cell.columns <= layout.columns, name);
            QVERIFY2(cell.levels > 0 && cell.level + cell.levels <= layout.levels, name);
            QCOMPARE(cell.bar, layout.barLevel == cell.level);
            for (uint32_t c = 0; c < cell.columns; ++c)
                for (uint32_t l = 0; l < cell.levels; ++l)
                    QVERIFY2(
                        taken.try_emplace({cell.column + c, cell.level + l}, cell.node).second,
                        name);
            for (const NodeId source : cell.sources)
                QVERIFY2(cells.at(source)->level + cells.at(source)->levels <= cell.level, name);
            cells[cell.node] = &cell;
        }
        for (const NodeId node : graph.modules()[module].nodes)
            QVERIFY2(cells.contains(node) || std::holds_alternative<Concat>(graph[node].op), name);
    }
}

void TestModuleModels::everyModuleHasItsOpsOnce()
{
    const Graph& graph = network()->graph;
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        StageModel stage;
        stage.show(network(), id);
        const qsizetype expected = qsizetype(graph.modules()[id].nodes.size());
        QCOMPARE(stage.ops().size() + (stage.joins() ? 1 : 0), expected);
        QVERIFY(stage.output() != nullptr);
        QVERIFY(!stage.title().isEmpty());
        QVERIFY(!stage.about().isEmpty());
        QVERIFY(!stage.outputText().isEmpty());
    }
}

void TestModuleModels::boxesOfInception3a()
{
    StageModel stage;
    stage.show(network(), idOf("inception_3a"));
    OpItem* op = boxOf(stage, "inception_3a/3x3");
    QVERIFY(op);
    QCOMPARE(op->title(), "3×3 conv");
    QCOMPARE(op->shapeText(), "128 × 28×28");
    QCOMPARE(op->channels(), 128);
    QCOMPARE(op->macsText(), "86.7\u00A0M\u00A0MACs");
    QCOMPARE(op->paramsText(), "110.7\u00A0K\u00A0params");
    QCOMPARE(op->timeText(), "");
    QCOMPARE(op->branch(), 1);
    OpItem* pool = boxOf(stage, "inception_3a/pool");
    QCOMPARE(pool->macsText(), "");
    QCOMPARE(pool->paramsText(), "");
    QCOMPARE(stage.macsText(), "128.0\u00A0M\u00A0MACs");
    QCOMPARE(stage.paramsText(), "163.7\u00A0K\u00A0params");
}

void TestModuleModels::segmentsOfInception3a()
{
    StageModel stage;
    stage.show(network(), idOf("inception_3a"));
    QList<int> channels;
    QList<int> offsets;
    for (const QVariant& segment : stage.segments()) {
        channels << segment.toMap()["channels"].toInt();
        offsets << segment.toMap()["offset"].toInt();
        QVERIFY(stage.find(segment.toMap()["node"].toInt()));
    }
    QCOMPARE(channels, (QList<int>{64, 128, 32, 32}));
    QCOMPARE(offsets, (QList<int>{0, 64, 192, 224}));
    QCOMPARE(stage.output()->channels(), 256);
}

void TestModuleModels::neighbours()
{
    StageModel stage;
    stage.show(network(), idOf("inception_3a"));
    QCOMPARE(stage.inputText(), "from Max pool 2");
    QCOMPARE(stage.inputShape(), "192 × 28×28");
    QCOMPARE(stage.outputText(), "to Inception 3b");
    QCOMPARE(stage.outputShape(), "256 × 28×28");
    stage.show(network(), idOf("inception_4a"));
    QVERIFY(stage.outputText().contains("Inception 4b"));
    QVERIFY(stage.outputText().contains("Auxiliary head 1"));
    stage.show(network(), idOf("prob"));
    QCOMPARE(stage.outputText(), "class probabilities");
    stage.show(network(), idOf("loss1"));
    QVERIFY(stage.auxiliary());
    QCOMPARE(stage.outputText(), "class scores");
    stage.show(network(), idOf("input"));
    QCOMPARE(stage.inputText(), "");
    QCOMPARE(stage.kindText(), "");
    stage.show(network(), idOf("inception_3a"));
    QCOMPARE(
        stage.kindText(),
        "inception_3a  ·  Inception  ·  module with dimension reductions (figure 2b)");
    QCOMPARE(stage.drawn(), "Szegedy et al. 2014, figure 2b");
}

void TestModuleModels::titles()
{
    const std::vector<Module>& modules = network()->graph.modules();
    QCOMPARE(shortTitle(modules[idOf("inception_3a")]), "3a");
    QCOMPARE(groupTitle(modules[idOf("inception_3a")]), "Inception 3");
    QCOMPARE(shortTitle(modules[idOf("conv1")]), "Conv 1");
    QCOMPARE(groupTitle(modules[idOf("conv1")]), "Stem");
    QCOMPARE(groupTitle(modules[idOf("prob")]), "Head");
    // A card is 62 pixels wide at the smallest.
    for (const std::string& id : networkIds()) {
        const Network other = makeNetwork(id);
        for (const Module& module : other.graph.modules())
            if (module.kind != ModuleKind::Auxiliary)
                QVERIFY2(shortTitle(module).size() <= 10, module.title.c_str());
    }
}

void TestModuleModels::snapshotFillsBoxes()
{
    StageModel stage;
    const ModuleId id = idOf("inception_5a");
    stage.show(network(), id);
    QVERIFY(!stage.complete());
    stage.apply(*fakePartialSnapshot(fakeRun(), id, id));
    QVERIFY(!stage.complete());
    stage.apply(*fakeSnapshot(fakeRun(), id));
    QVERIFY(stage.complete());
    QVERIFY(stage.output()->hasPicture());
    QVERIFY(!stage.timeText().isEmpty());
    double shares = 0;
    for (const OpItem* op : stage.ops()) {
        QVERIFY(!op->timeText().isEmpty());
        shares += op->timeShare();
    }
    QVERIFY(std::abs(shares - 1.0) < 1e-6);
    QVERIFY(stage.output()->channelSummary(3).contains("zeros"));
    QCOMPARE(stage.output()->channelSummary(100000), "channel 100000");
}

void TestModuleModels::picturesOfAnotherModuleAreNotTaken()
{
    StageModel stage;
    stage.show(network(), idOf("inception_5a"));
    stage.apply(*fakeSnapshot(fakeRun(), idOf("inception_5b")));
    QVERIFY(!stage.complete());
    QVERIFY(!stage.output()->hasPicture());
}

QTEST_GUILESS_MAIN(TestModuleModels)
#include "test_module_models.moc"
