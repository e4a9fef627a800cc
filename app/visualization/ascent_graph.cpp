#include "visualization/ascent_graph.h"

#include "error.h"
#include "gradient/gradient.h"
#include "graph/module_graph.h"

#include <algorithm>

namespace inceptoscope {

namespace {

void requireChannel(const Graph& graph, const AscentTarget& target)
{
    const Node& node = graph[target.node];
    if (target.channel && *target.channel >= node.shape.c)
        throw Error(
            ErrorKind::Usage, node.name + " has no channel " + std::to_string(*target.channel) +
                                  ", it has " + std::to_string(node.shape.c) + " (0 to " +
                                  std::to_string(node.shape.c - 1) + ")");
    if (target.node == graph.input())
        throw Error(
            ErrorKind::Usage,
            node.name + " is the picture itself: ask for a channel of a later layer");
}

/// Where the channel is made: what only passes it on is left out.
AscentTarget maker(const Graph& graph, AscentTarget target)
{
    if (!target.channel)
        return target;
    for (;;) {
        const Node& node = graph[target.node];
        if (std::holds_alternative<Softmax>(node.op)) {
            target.node = node.inputs.front();
            continue;
        }
        if (!std::holds_alternative<Concat>(node.op))
            return target;
        for (const NodeId in : node.inputs) {
            target.node = in;
            if (*target.channel < graph[in].shape.c)
                break;
            *target.channel -= graph[in].shape.c;
        }
    }
}

} // namespace

AscentGraph ascentGraph(const Graph& graph, const AscentTarget& target, const Shape& input)
{
    requireChannel(graph, target);
    const AscentTarget made = maker(graph, target);
    const Graph forward = graphUpTo(graph, made.node, input, made.linear && made.channel);
    AscentGraph result{.graph = {}, .of = forward.size() - 1, .channel = made.channel};
    result.graph = gradient(forward, result.of, {.nodes = {forward.input()}});
    result.seed = result.graph.find(gradientName(forward, result.of)).value();
    result.byInput = result.graph.find(gradientName(forward, forward.input())).value();
    result.backward = ModuleId(forward.modules().size());
    return result;
}

SessionOptions ascentOptions(const AscentGraph& graph, const std::string& network)
{
    return {
        .keep = Keep::Taps,
        .taps = {graph.of, graph.byInput},
        .timeOps = false,
        .autotune = false,
        .network = network};
}

} // namespace inceptoscope
