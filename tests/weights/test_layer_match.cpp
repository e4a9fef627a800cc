#include "graph/builder.h"
#include "support/test_main.h"
#include "weights/match/layer_match.h"
#include "zoo/network.h"

#include <algorithm>
#include <functional>

using namespace inceptoscope;

/// The same layers in two networks, whatever they are called.
class TestLayerMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNetworkWithItself();
    void auxiliaryHeadsAbsent();
    void anotherInputSize();
    void equalBranches();
    void repeatedBlocks();
    void branchesJoinedInAnotherOrder();
    void anotherNumberOfClasses();
    void anotherNetwork();
};

/// Layers of a network of the test: how many inputs, in which modules.
using Write = std::function<Tensor(const Tensor&)>;

static LayerFlow flowOf(const Write& write)
{
    GraphBuilder builder(Shape{3, 16, 16});
    {
        const ModuleScope module(builder.input(), "m", "M", ModuleKind::Stem);
        (void)write(builder.input());
    }
    return layerFlow(builder.finish());
}

/// The layers of `flow` that have a partner, and whether it is the one of the same source.
struct Found
{
    size_t layers = 0;
    size_t same = 0;
    size_t other = 0;
};

static Found count(const LayerFlow& ours, const LayerFlow& theirs)
{
    const LayerMatch match = matchLayers(ours, theirs);
    Found found;
    for (size_t i = 0; i < ours.size(); ++i) {
        if (ours[i].kind != FlowNode::Kind::Layer)
            continue;
        ++found.layers;
        if (match.partner[i])
            ++(theirs[*match.partner[i]].source == ours[i].source ? found.same : found.other);
    }
    return found;
}

void TestLayerMatch::everyNetworkWithItself()
{
    for (const std::string& id : networkIds()) {
        const LayerFlow flow = layerFlow(makeNetwork(id).graph);
        const Found found = count(flow, flow);
        QVERIFY2(found.same == found.layers && found.layers > 30, id.c_str());
    }
}

/// `flow` without the nodes of these sources and those behind them.
static LayerFlow without(const LayerFlow& flow, const std::function<bool(const FlowNode&)>& gone)
{
    LayerFlow result;
    std::vector<std::optional<size_t>> places;
    for (FlowNode node : flow.nodes()) {
        bool kept = !gone(node);
        for (size_t& in : node.inputs) {
            kept = kept && places[in];
            in = places[in].value_or(0);
        }
        places.emplace_back(kept ? std::optional(result.add(std::move(node))) : std::nullopt);
    }
    return result;
}

void TestLayerMatch::auxiliaryHeadsAbsent()
{
    const Graph graph = makeNetwork("googlenet").graph;
    const LayerFlow ours = layerFlow(graph);
    const LayerFlow theirs =
        without(ours, [&](const FlowNode& n) { return graph.isAuxiliary(NodeId(n.source)); });
    QCOMPARE(ours.size() - theirs.size(), size_t(8)); // two of pool, conv, fc, fc
    const Found found = count(ours, theirs);
    QCOMPARE(found.same, size_t(58));
    QCOMPARE(found.other, size_t(0));
    QCOMPARE(count(theirs, ours).same, size_t(58));
}

/// Only the auxiliary heads' linear layers have other inputs.
void TestLayerMatch::anotherInputSize()
{
    const Found found = count(
        layerFlow(makeNetwork("googlenet").graph),
        layerFlow(makeNetwork("googlenet", {.inputSize = 320}).graph));
    QCOMPARE(found.same, size_t(60));
    QCOMPARE(found.other, size_t(0));
    QCOMPARE(found.layers, size_t(64));
}

/// Branches of the same shapes differ only in their place in the concatenation, whichever of
/// them a file computes first.
void TestLayerMatch::equalBranches()
{
    const auto flow = [](bool reversed) {
        return flowOf([=](const Tensor& x) {
            std::map<char, Tensor> branches;
            for (const char c : std::string(reversed ? "cba" : "abc")) {
                const std::string name(1, c);
                branches.emplace(c, x.conv(name + "1", 8, 1).conv(name + "2", 8, 3));
            }
            return concat({branches.at('a'), branches.at('b'), branches.at('c')});
        });
    };
    const LayerFlow ours = flow(false);
    const LayerFlow theirs = flow(true);
    const LayerMatch match = matchLayers(ours, theirs);
    std::map<size_t, size_t> found; // NodeIds in the order of creation
    for (size_t i = 0; i < ours.size(); ++i)
        if (ours[i].kind == FlowNode::Kind::Layer && match.partner[i])
            found[ours[i].source] = theirs[*match.partner[i]].source;
    QCOMPARE(found, (std::map<size_t, size_t>{{1, 5}, {2, 6}, {3, 3}, {4, 4}, {5, 1}, {6, 2}}));
}

/// Inception-ResNet repeats one block twenty times.
void TestLayerMatch::repeatedBlocks()
{
    const auto residual = [](int blocks, bool swapped) {
        return flowOf([=](const Tensor& input) {
            Tensor x = input.conv("stem", 8, 3);
            for (int i = 0; i < blocks; ++i) {
                const std::string n = std::to_string(i);
                const Tensor y = concat({x.conv("a" + n, 4, 1), x.conv("b" + n, 4, 1)}, "cat" + n)
                                     .conv("up" + n, 8, 1);
                x = swapped ? add(y, x, {}, "sum" + n) : add(x, y, {}, "sum" + n);
            }
            return x.fc("fc", 10);
        });
    };
    const Found found = count(residual(20, false), residual(20, true));
    QCOMPARE(found.same, size_t(62));
    const Found fewer = count(residual(20, false), residual(19, false));
    QVERIFY(fewer.same + fewer.other < 62);
}

/// The layers behind would get their input's channels in another order.
void TestLayerMatch::branchesJoinedInAnotherOrder()
{
    const auto flow = [](bool swapped) {
        return flowOf([=](const Tensor& x) {
            const Tensor a = x.conv("a", 4, 1);
            const Tensor b = x.conv("b", 8, 3);
            return concat(swapped ? std::vector{b, a} : std::vector{a, b}).conv("c", 8, 1);
        });
    };
    const LayerFlow ours = flow(false);
    const LayerFlow theirs = flow(true);
    const LayerMatch match = matchLayers(ours, theirs);
    QCOMPARE(count(ours, theirs).same, size_t(2));
    QCOMPARE(match.otherwiseFed.size(), size_t(1));
    QCOMPARE(ours[match.otherwiseFed[0].first].weight, (std::vector<uint64_t>{8, 12, 1, 1}));
}

void TestLayerMatch::anotherNumberOfClasses()
{
    LayerFlow theirs;
    const LayerFlow ours = layerFlow(makeNetwork("googlenet").graph);
    for (FlowNode node : ours.nodes()) {
        if (node.weight == std::vector<uint64_t>{1000, 1024})
            node.weight[0] = 37;
        (void)theirs.add(std::move(node));
    }
    const Found found = count(ours, theirs);
    QCOMPARE(found.same, size_t(64));
}

void TestLayerMatch::anotherNetwork()
{
    const LayerFlow ours = layerFlow(makeNetwork("googlenet").graph);
    const LayerFlow theirs = flowOf([](const Tensor& x) {
        return x.conv("a", 64, 7, {.stride = 2, .padding = 3}).conv("b", 99, 3).fc("c", 1000);
    });
    const LayerMatch match = matchLayers(ours, theirs);
    QVERIFY(count(ours, theirs).same <= 1); // the first layer has the same shape
    QCOMPARE(match.partner.size(), ours.size());
}

INCEPTOSCOPE_TEST_MAIN(TestLayerMatch)
#include "test_layer_match.moc"
