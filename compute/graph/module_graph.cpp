#include "graph/module_graph.h"

#include "error.h"
#include "graph/builder.h"

#include <algorithm>
#include <map>

namespace inceptoscope {

namespace {

/// The module's only tensor from outside.
NodeId sourceOf(const Graph& graph, ModuleId id)
{
    const Module& module = graph.modules().at(id);
    if (module.inputs.size() == 1)
        return module.inputs.front();
    throw Error(
        ErrorKind::Usage,
        "module " + module.name +
            (module.inputs.empty() ? ": it is the network's input, there is nothing to cut out"
                                   : ": it takes " + std::to_string(module.inputs.size()) +
                                         " tensors, only modules of one input can stand alone"));
}

/// A residual block's linear convolution: its result is added to the module's input.
bool restoresChannels(const Graph& graph, NodeId id, NodeId source)
{
    return std::ranges::any_of(graph.consumers(id), [&](NodeId consumer) {
        const std::vector<NodeId>& inputs = graph[consumer].inputs;
        return std::holds_alternative<Add>(graph[consumer].op) &&
               std::ranges::find(inputs, source) != inputs.end();
    });
}

/// A filter or more for each channel on its own.
bool isDepthwise(const Conv2d& op, const Shape& in)
{
    return op.groups > 1 && op.groups == in.c;
}

/// TensorFlow's SAME for an input of another size.
void padAnew(Op& op, const Shape& in)
{
    if (auto* conv = std::get_if<Conv2d>(&op); conv != nullptr && conv->same)
        conv->padding = samePadding(in, conv->kernel, conv->stride);
    if (auto* pool = std::get_if<Pool2d>(&op); pool != nullptr && pool->same)
        pool->padding = samePadding(in, pool->kernel, pool->stride);
}

void dropActivation(Op& op)
{
    if (auto* conv = std::get_if<Conv2d>(&op))
        conv->activation = Activation::None;
    if (auto* add = std::get_if<Add>(&op))
        add->activation = Activation::None;
    if (auto* connected = std::get_if<FullyConnected>(&op))
        connected->activation = Activation::None;
}

/// The same op for another input. Whatever follows from the input's shape is made anew.
Op fitted(const Graph& graph, NodeId id, NodeId source, const Shape& newSource, const Shape& in)
{
    const Node& node = graph[id];
    const Shape& before = graph[node.inputs.front()].shape;
    Op op = node.op;
    if (auto* conv = std::get_if<Conv2d>(&op)) {
        if (isDepthwise(*conv, before)) {
            conv->outChannels = conv->outChannels / conv->groups * in.c;
            conv->groups = in.c;
        }
        if (restoresChannels(graph, id, source))
            conv->outChannels = newSource.c;
    }
    padAnew(op, in);
    return op;
}

ModuleHeading headingOf(const Module& module)
{
    return {
        .name = module.name,
        .title = module.title,
        .kind = module.kind == ModuleKind::Auxiliary ? ModuleKind::Head : module.kind,
        .group = module.group,
        .drawn = module.drawn,
        .article = module.article,
        .alias = module.alias,
        .path = module.path,
        .separator = ""}; // the nodes' names bring theirs
}

Graph build(const Graph& graph, ModuleId id, NodeId source, const Shape& input)
{
    const Module& module = graph.modules()[id];
    GraphBuilder builder(input);
    std::map<NodeId, Tensor> made{{source, builder.input()}};
    builder.beginModule(headingOf(module));
    for (const NodeId node : module.nodes) {
        std::vector<Tensor> inputs;
        for (const NodeId in : graph[node].inputs)
            inputs.push_back(made.at(in));
        const Op op = fitted(graph, node, source, input, inputs.front().shape());
        const std::string local = graph[node].name.substr(module.name.size());
        made.emplace(node, builder.add(local, op, inputs));
    }
    builder.endModule();
    return builder.finish();
}

/// By NodeId whether it leads to the target.
std::vector<bool> leadsTo(const Graph& graph, NodeId target)
{
    std::vector<bool> result(target + 1, false);
    result[target] = true;
    for (NodeId id = target + 1; id-- > 0;)
        if (result[id])
            for (const NodeId in : graph[id].inputs)
                result[in] = true;
    return result;
}

Graph buildUpTo(const Graph& graph, NodeId target, const Shape& input, bool linear)
{
    const std::vector<bool> read = leadsTo(graph, target);
    GraphBuilder builder(input);
    std::map<NodeId, Tensor> made{{graph.input(), builder.input()}};
    std::optional<ModuleId> open;
    for (NodeId id = 1; id <= target; ++id) {
        if (!read[id])
            continue;
        const Node& node = graph[id];
        const Module& module = graph.modules()[node.module];
        if (open != node.module) {
            if (open)
                builder.endModule();
            builder.beginModule(headingOf(module));
            open = node.module;
        }
        std::vector<Tensor> inputs;
        for (const NodeId in : node.inputs)
            inputs.push_back(made.at(in));
        Op op = node.op;
        padAnew(op, inputs.front().shape());
        if (linear && id == target)
            dropActivation(op);
        made.emplace(id, builder.add(node.name.substr(module.name.size()), op, inputs));
    }
    if (open)
        builder.endModule();
    return builder.finish();
}

} // namespace

Graph graphUpTo(const Graph& graph, NodeId target, const Shape& input, bool linear)
{
    try {
        return buildUpTo(graph, target, input, linear);
    } catch (const Error& error) {
        throw Error(
            ErrorKind::Usage, graph[target].name + " can't be reached on an input of " +
                                  toString(input) + " (" + error.what() + ")");
    }
}

const Shape& moduleInput(const Graph& graph, ModuleId module)
{
    return graph[sourceOf(graph, module)].shape;
}

Graph moduleGraph(const Graph& graph, ModuleId module, const Shape& input)
{
    const NodeId source = sourceOf(graph, module);
    try {
        return build(graph, module, source, input);
    } catch (const Error& error) {
        throw Error(
            ErrorKind::Usage, "module " + graph.modules()[module].name +
                                  " can't stand on an input of " + toString(input) + " (" +
                                  error.what() + ")");
    }
}

} // namespace inceptoscope
