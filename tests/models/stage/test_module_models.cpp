#include "graph/builder.h"
#include "graph/module_groups.h"
#include "models/about.h"
#include "models/colormaps.h"
#include "models/figure/module_figure.h"
#include "models/stage/input_maps.h"
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
    void inputsOwnColours_data();
    void inputsOwnColours();
    void scoresFromTheHighest();
    void departuresFromTheArticle();
    void figureInItsOwnColumns();
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
    QVERIFY(stage.output()->channelSummary(3).startsWith("channel 3 of 832, "));
    QVERIFY(stage.output()->channelSummary(100000).startsWith("channel 100000 of 832, "));
}

void TestModuleModels::picturesOfAnotherModuleAreNotTaken()
{
    StageModel stage;
    stage.show(network(), idOf("inception_5a"));
    stage.apply(*fakeSnapshot(fakeRun(), idOf("inception_5b")));
    QVERIFY(!stage.complete());
    QVERIFY(!stage.output()->hasPicture());
}

/// Caffe's GoogLeNet reads blue, green, red; the others red, green, blue.
void TestModuleModels::inputsOwnColours_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("BGR") << "googlenet" << QStringList{"blue", "green", "red"};
    QTest::newRow("RGB") << "googlenet_bn" << QStringList{"red", "green", "blue"};
}

void TestModuleModels::inputsOwnColours()
{
    QFETCH(const QString, id);
    QFETCH(const QStringList, names);
    const auto own = std::make_shared<const Network>(makeNetwork(id.toStdString()));
    FakeRun run{own, QImage(300, 300, QImage::Format_RGB32), {}, false, 1};
    run.picture.fill(QColor(200, 100, 50));
    const ModuleId input = own->graph[own->graph.input()].module;
    StageModel stage;
    stage.show(own, input);
    stage.apply(*fakeSnapshot(run, input));
    const OpItem* op = stage.output();
    const OpPicture& picture = *op->picture();
    const QMap<QString, QColor> lit{
        {"red", QColor(200, 0, 0)}, {"green", QColor(0, 100, 0)}, {"blue", QColor(0, 0, 50)}};
    for (int channel = 0; channel < 3; ++channel) {
        QCOMPARE(op->channelName(channel), names[channel]);
        QVERIFY(
            op->channelSummary(channel).startsWith(names[channel] + ", as the network gets it"));
        const QPoint at(
            (channel % picture.columns) * (224 + picture.gap) + 100,
            (channel / picture.columns) * (224 + picture.gap) + 100);
        QCOMPARE(picture.atlas.pixelColor(at), lit[names[channel]]);
    }
    // A channel up close has the same colours.
    const ColourTable table = inputColours(*own, 0);
    QCOMPARE(table[0], 0xFF000000U);
    QCOMPARE(table[255], names[0] == "red" ? 0xFF0000FFU : 0xFFFF0000U);
    // Other modules keep the colour map.
    stage.show(own, input + 1);
    stage.apply(*fakeSnapshot(run, input + 1));
    QCOMPARE(stage.ops().front()->channelName(0), "channel 0");
}

void TestModuleModels::scoresFromTheHighest()
{
    StageModel stage;
    const ModuleId id = idOf("loss3");
    stage.show(network(), id);
    auto snapshot = std::make_shared<RunSnapshot>(*fakeSnapshot(fakeRun(), id));
    auto pictures = std::make_shared<ModulePictures>(*snapshot->shown);
    std::vector<ChannelStatistics>& values = pictures->ops.back().statistics;
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = {.minimum = 0, .maximum = 0, .mean = i == 7 ? 6.0F : i == 3 ? -2.0F : 1.0F};
    snapshot->shown = pictures;
    stage.apply(*snapshot);
    const OpItem* op = stage.ops().last();
    QVERIFY(op->scores());
    QCOMPARE(op->score(0)["channel"].toInt(), 7);
    QCOMPARE(op->score(0)["name"].toString(), "cock"); // ILSVRC's eighth
    QCOMPARE(op->score(0)["from"].toDouble(), 0.25);
    QCOMPARE(op->score(0)["to"].toDouble(), 1.0);
    QCOMPARE(op->score(999)["channel"].toInt(), 3);
    QCOMPARE(op->score(999)["from"].toDouble(), 0.0);
    QCOMPARE(op->score(999)["to"].toDouble(), 0.25);
    QVERIFY(op->table(",").startsWith("class,name,value\n7,cock,6\n"));
    // Without names numbers, and no names at all.
    snapshot->labels = nullptr;
    stage.apply(*snapshot);
    QCOMPARE(op->score(0)["name"].toString(), "class 7");
    // What is no number comes first.
    values[9].nan = 1;
    snapshot->shown = std::make_shared<ModulePictures>(*pictures);
    stage.apply(*snapshot);
    QCOMPARE(op->score(0)["channel"].toInt(), 9);
    QCOMPARE(op->score(0)["text"].toString(), "NaN");
    // The hidden layer of an auxiliary head has units, not classes.
    const ModuleId head = idOf("loss1");
    stage.show(network(), head);
    stage.apply(*fakeSnapshot(fakeRun(), head));
    QVERIFY(boxOf(stage, "loss1/fc")->score(0)["name"].toString().startsWith("unit "));
    QVERIFY(!boxOf(stage, "loss1/conv")->scores());
}

void TestModuleModels::departuresFromTheArticle()
{
    const auto bn = std::make_shared<const Network>(makeNetwork("googlenet_bn"));
    const auto module = [&](std::string_view name) { return bn->graph.findModule(name).value(); };
    StageModel stage;
    stage.show(bn, module("inception3a"));
    QCOMPARE(
        stage.departure(),
        "Not as in the article: 3×3 conv in place of 5×5, batch normalisation after each "
        "convolution.");
    QCOMPARE(boxOf(stage, "inception3a.branch3.1")->note(), "5×5 in the article");
    QCOMPARE(boxOf(stage, "inception3a.branch2.1")->note(), "");
    stage.show(bn, module("maxpool4"));
    QCOMPARE(stage.departure(), "Not as in the article: 2×2 max pool in place of 3×3.");
    stage.show(bn, module("maxpool1"));
    QCOMPARE(stage.departure(), "Not as in the article: no LRN.");
    stage.show(network(), idOf("inception_3a"));
    QCOMPARE(stage.departure(), "");
    QCOMPARE(stage.question(), "What does the 1×1 save?");
}

void TestModuleModels::figureInItsOwnColumns()
{
    const ModuleId id = idOf("inception_3a");
    const auto snapshot = fakeSnapshot(fakeRun(), id);
    const NodeId node = network()->graph.find("inception_3a/3x3").value();
    const OpPicture& before = *snapshot->shown->find(node);
    const ModulePictures after = inColumns(*snapshot->shown, {{node, 5}});
    const OpPicture& op = *after.find(node);
    QCOMPARE(op.columns, 5);
    QCOMPARE(op.atlas.width(), 5 * (28 + op.gap) - op.gap);
    for (const int channel : {0, 17, 127}) {
        const auto tile = [channel](const OpPicture& of) {
            return of.atlas.copy(
                (channel % of.columns) * (28 + of.gap), (channel / of.columns) * (28 + of.gap), 28,
                28);
        };
        QCOMPARE(tile(op), tile(before));
    }
    QCOMPARE(after.find(node + 1)->columns, snapshot->shown->find(node + 1)->columns);
}

QTEST_GUILESS_MAIN(TestModuleModels)
#include "test_module_models.moc"
