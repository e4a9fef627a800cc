#include "support/gradient_cases.h"

#include "error.h"
#include "gradient/loss.h"
#include "graph/builder.h"
#include "graph/training_graph.h"
#include "support/case_graphs.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

#include <fstream>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

bool trains(const Json& params)
{
    return params.value("mode", "") == "training" || params.value("bn_mode", "") == "training";
}

bool isLoss(const std::string& op)
{
    return op == "cross_entropy" || op == "total_loss";
}

/// The logits side by side, cut apart by identities, and the first ones as the main classifier's.
Loss lossOf(const Json& entry, TensorMap& weights)
{
    const Json& inputs = entry.at("inputs");
    const uint32_t classes = inputs.at(0).at("shape").at(1);
    const auto heads = uint32_t(inputs.size());
    GraphBuilder builder({classes * heads, 1, 1});
    std::vector<Tensor> logits;
    std::optional<Tensor> probabilities;
    {
        const ModuleScope module(builder.input(), "logits", "Logits", ModuleKind::Head);
        for (uint32_t h = 0; h < heads; ++h) {
            const std::string name = "operand" + std::to_string(h);
            const Tensor part =
                builder.input().conv(name, classes, 1, {.activation = Activation::None});
            logits.push_back(part);
            std::vector<float> identity(size_t(classes) * classes * heads, 0.0F);
            for (size_t o = 0; o < classes; ++o)
                identity[o * classes * heads + h * classes + o] = 1.0F;
            const std::string key = "logits/" + name;
            weights.add(key + ".weight", {classes, classes * heads, 1, 1}, identity);
            weights.add(key + ".bias", {classes}, std::vector<float>(classes, 0.0F));
        }
        probabilities = logits[0].softmax("probabilities");
    }
    std::vector<NodeId> auxiliary;
    for (size_t i = 1; i < logits.size(); ++i)
        auxiliary.push_back(logits[i].id());
    const Graph graph =
        builder.finish(logits[0], *probabilities).withBatch(inputs.at(0).at("shape").at(0));
    const Json& params = entry.at("params");
    const float weight = params.contains("weights") ? params["weights"].at(1).get<float>() : 0.3F;
    return withLoss(graph, auxiliary, weight);
}

std::vector<float> part(const std::vector<float>& values, size_t n, size_t parts)
{
    const auto size = std::ptrdiff_t(values.size() / parts);
    const auto from = values.begin() + std::ptrdiff_t(n) * size;
    return {from, from + size};
}

void addInputs(const Json& entry, GradientCase& result)
{
    const Json& inputs = entry.at("inputs");
    const size_t batch = inputs.at(0).at("shape").at(0);
    for (size_t n = 0; n < batch; ++n)
        for (const Json& input : inputs) {
            const std::vector<float> one = part(caseValues(input), n, batch);
            result.input.insert(result.input.end(), one.begin(), one.end());
        }
}

/// Mean and variance of each channel in turn.
template <class Value>
std::vector<Value> inTurns(const std::vector<Value>& mean, const std::vector<Value>& variance)
{
    std::vector<Value> result;
    for (size_t c = 0; c < mean.size(); ++c)
        result.insert(result.end(), {mean[c], variance.at(c)});
    return result;
}

void train(const Json& entry, GradientCase& c)
{
    const Json& params = entry.at("params");
    const auto momentum = params.at(params.contains("momentum") ? "momentum" : "bn_momentum");
    const TrainingGraph training = trainingGraph(c.forward, momentum.get<float>());
    const TrainedNorm& norm = training.norms.at(0);
    std::vector<std::vector<float>> before;
    std::vector<std::vector<double>> after;
    for (const Json& state : entry.at("state_after")) {
        const std::string key = state.at("key");
        after.push_back(state.at("val").get<std::vector<double>>());
        before.push_back(syntheticTensor(key, {after.back().size()}, ""));
    }
    c.given[norm.running] = inTurns(before.at(0), before.at(1));
    c.running = norm.after;
    c.runningAfter = inTurns(after[0], after[1]);
    c.forward = training.graph;
}

/// The node that stands for an operand, or the parameter of a key.
void addDerivative(const Json& entry, const Json& grad, const GradientCase& c, Wrt& wrt)
{
    const std::string key = grad.at("key");
    const Json& inputs = entry.at("inputs");
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (inputs.at(i).at("key") != key)
            continue;
        const bool whole = inputs.size() == 1;
        const std::string name = isLoss(c.op) ? "logits/operand" + std::to_string(i)
                                              : "gradops/" + c.id + ".operand" + std::to_string(i);
        wrt.nodes.push_back(whole ? c.forward.input() : c.forward.find(name).value());
        return;
    }
    for (const Parameter& p : parameters(c.forward, true))
        if (p.key == key)
            wrt.parameters.push_back({p.node, p.role});
}

void addExpected(const Json& entry, GradientCase& c)
{
    Wrt wrt;
    std::vector<std::string> order; // names of nodes
    for (const Json& grad : entry.at("grads")) {
        const size_t nodes = wrt.nodes.size();
        const size_t layers = wrt.parameters.size();
        addDerivative(entry, grad, c, wrt);
        if (wrt.nodes.size() + wrt.parameters.size() == nodes + layers)
            throw Error(ErrorKind::Usage, "no node for " + grad.at("key").get<std::string>());
        order.push_back(
            wrt.parameters.size() > layers ? gradientName(c.forward, wrt.parameters.back())
                                           : gradientName(c.forward, wrt.nodes.back()));
    }
    c.graph = gradient(c.forward, c.output, wrt);
    for (size_t i = 0; i < order.size(); ++i) {
        const Json& grad = entry.at("grads").at(i);
        c.derivatives.push_back(
            {grad.at("key"), c.graph.find(order[i]).value(),
             grad.at("val").get<std::vector<double>>()});
    }
}

GradientCase caseOf(const Json& entry)
{
    GradientCase c;
    c.id = entry.at("id");
    c.op = entry.at("op");
    addInputs(entry, c);
    const uint32_t batch = entry.at("inputs").at(0).at("shape").at(0);
    const Json& params = entry.at("params");
    if (isLoss(c.op)) {
        const Loss loss = lossOf(entry, c.weights);
        c.forward = loss.graph;
        c.output = loss.value;
        const uint32_t classes = entry.at("inputs").at(0).at("shape").at(1);
        for (size_t n = 0; n < batch; ++n) {
            const std::vector<float> one = lossTarget(
                classes, params.at("labels").at(n), params.at("label_smoothing").get<double>());
            std::vector<float>& target = c.given[loss.target];
            target.insert(target.end(), one.begin(), one.end());
        }
    } else {
        c.forward = caseGraph(entry, c.weights, "gradops").withBatch(batch);
        if (trains(params))
            train(entry, c);
        c.output = c.forward.size() - 1;
        for (const Json& weight : entry.value("weights", Json::array()))
            c.weights.addSynthetic(weight.at("key"), weight.at("shape"));
    }
    addExpected(entry, c);
    const NodeId seed = c.graph.find(gradientName(c.forward, c.output)).value();
    c.expected = entry.at("out").get<std::vector<double>>();
    c.given[seed] = isLoss(c.op)
                        ? std::vector<float>{1.0F}
                        : syntheticUniform(entry.at("upstream").at("key"), c.expected.size(), "");
    return c;
}

} // namespace

std::vector<GradientCase> loadGradientCases(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
        throw Error(ErrorKind::Io, path + " can't be read");
    std::vector<GradientCase> result;
    const Json json = Json::parse(file);
    for (const Json& entry : json.at("cases"))
        result.push_back(caseOf(entry));
    return result;
}

} // namespace inceptoscope
