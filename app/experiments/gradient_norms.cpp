#include "experiments/gradient_norms.h"

#include "experiments/scores.h"
#include "gradient/gradient.h"
#include "gradient/loss.h"
#include "weights/synthetic.h"

#include <cmath>

namespace inceptoscope {

namespace {

double normOf(const std::vector<float>& values)
{
    double squares = 0;
    for (const float value : values)
        squares += double(value) * double(value);
    return std::sqrt(squares);
}

/// The picture, or a pattern by rule in the range of the network's own pictures: of GoogLeNet's a
/// pixel is up to 128 from the mean, of others up to 2.
void feedRanged(Session& session, const Network& network, const QImage& picture)
{
    const Preprocessing& preprocessing = network.preprocessing;
    const bool wide = preprocessing.range * preprocessing.scale[0] > 100;
    if (!picture.isNull() || !wide)
        return feed(session, network, picture);
    const Shape& input = network.graph[network.graph.input()].shape;
    std::vector<float> values;
    for (const uint8_t pixel : syntheticPicture(input.h, input.w, ""))
        values.push_back((float(pixel) - 128.0F) / 2.0F);
    session.setInput(values);
}

uint32_t labelFor(const LossLabel& label, const std::vector<float>& logits)
{
    if (label.index)
        return uint32_t(labelOf(double(*label.index), logits));
    return uint32_t((topClass(logits) + 1) % logits.size());
}

} // namespace

std::vector<ModuleId> modulesBeforeLoss(const Network& network)
{
    const Graph& graph = network.graph;
    const std::vector<bool> counts = influences(graph, graph.logits().value());
    std::vector<ModuleId> modules;
    for (ModuleId id = 1; id < graph.modules().size(); ++id) {
        const Module& module = graph.modules()[id];
        if (!module.nodes.empty() && counts[module.output] && module.kind != ModuleKind::Auxiliary)
            modules.push_back(id);
    }
    return modules;
}

LossPass lossPass(const Network& network, std::optional<double> auxiliary)
{
    const Loss loss = auxiliary
                          ? withLoss(network.graph, network.auxiliaryLogits, float(*auxiliary))
                          : withLoss(network.graph);
    Wrt wrt;
    for (const ModuleId module : modulesBeforeLoss(network))
        wrt.nodes.push_back(network.graph.modules()[module].output);
    LossPass pass{
        .graph = gradient(loss.graph, loss.value, wrt),
        .value = loss.value,
        .target = loss.target,
        .auxiliary = auxiliary.has_value(),
        .gradients = {}};
    pass.seed = pass.graph.find(gradientName(loss.graph, loss.value)).value();
    for (const NodeId node : wrt.nodes)
        pass.gradients.push_back(pass.graph.find(gradientName(loss.graph, node)).value());
    return pass;
}

GradientNorms gradientNorms(
    const Network& network, const TensorSource& weights, std::optional<double> auxiliary,
    const LossLabel& label, ExperimentBench& bench, double share)
{
    const LossPass pass = lossPass(network, auxiliary);
    const NodeId logits = network.graph.logits().value();
    std::vector<NodeId> taps = pass.gradients;
    taps.insert(taps.end(), {logits, pass.value});
    const double before = bench.fraction();
    const auto session = makeSession(
        bench.site(), pass.graph, weights,
        {.auxiliary = pass.auxiliary,
         .keep = Keep::Taps,
         .taps = taps,
         .timeOps = false,
         .network = network.title},
        before);
    feedRanged(*session, network, bench.subject().picture);
    const std::vector<ModuleId>& modules = session->modules();
    GradientNorms result;
    // The loss is the first module behind the network's own.
    const auto loss = ModuleId(network.graph.modules().size());
    for (size_t i = 0; i < modules.size(); ++i) {
        bench.goOn();
        if (modules[i] == loss) {
            const std::vector<float> scores = session->read(logits);
            result.label = labelFor(label, scores);
            session->setGiven(
                pass.target, lossTarget(uint32_t(scores.size()), result.label, label.smoothing));
            session->setGiven(pass.seed, std::vector<float>{1.0F});
        }
        session->runModule(modules[i]);
        bench.setFraction(before + share * double(i + 1) / double(modules.size()));
    }
    result.loss = session->read(pass.value).front();
    for (const NodeId node : pass.gradients)
        result.norms.push_back(normOf(session->read(node)));
    return result;
}

} // namespace inceptoscope
