#include "attribution/evidence_run.h"

namespace inceptoscope {

PlaneMap gradCamSum(
    const std::vector<float>& activations, const std::vector<float>& gradient, const Shape& shape,
    ChannelSpan channels)
{
    return weightedSum(activations, shape, channels, channelMeans(gradient, shape, channels));
}

std::vector<NodeId> nodesOf(const Graph& graph, ModuleId module)
{
    const NodeId output = graph.modules()[module].output;
    const std::optional<NodeId> join = graph.join(module);
    if (!join || *join == output)
        return {output};
    return {*join, output};
}

ModuleEvidence moduleEvidence(EvidenceRun& run, ModuleId module)
{
    const Graph& graph = run.graph();
    const NodeId output = graph.modules()[module].output;
    ModuleEvidence result{.module = module, .map = {}, .branches = {}};
    std::vector<float> activations = run.read(output);
    std::vector<float> gradient = run.derivative(output);
    const Shape& shape = graph[output].shape;
    result.map = aboveZero(gradCamSum(activations, gradient, shape, allOf(shape)));
    result.evidence = product(activations, gradient, shape, allOf(shape));
    const std::optional<NodeId> join = graph.join(module);
    if (!join)
        return result;
    const Shape& joined = graph[*join].shape;
    if (*join != output) {
        activations = run.read(*join);
        gradient = run.derivative(*join);
    }
    double sum = 0;
    for (const Branch& branch : graph.branches(module)) {
        const ChannelSpan channels{branch.channelOffset, graph[branch.output].shape.c};
        result.branches.push_back(
            {.name = branch.name,
             .map = aboveZero(gradCamSum(activations, gradient, joined, channels)),
             .evidence = product(activations, gradient, joined, channels)});
        sum += result.branches.back().evidence;
    }
    result.exact = *join == output;
    result.rest = result.exact ? 0 : result.evidence - sum;
    return result;
}

} // namespace inceptoscope
