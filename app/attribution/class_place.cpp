#include "attribution/class_place.h"

#include "error.h"
#include "gradient/gradient.h"

namespace inceptoscope {

namespace {

/// The mean over all places: nothing else is global average pooling.
bool averagesAll(const Graph& graph, const Node& node)
{
    const Shape& in = graph[node.inputs.front()].shape;
    if (std::holds_alternative<AdaptiveAvgPool2d>(node.op))
        return node.shape.pixels() == 1;
    const auto* pool = std::get_if<Pool2d>(&node.op);
    return pool != nullptr && pool->kind == PoolKind::Average && node.shape.pixels() == 1 &&
           pool->kernel == Extent{in.h, in.w} && pool->padding == Padding{};
}

} // namespace

std::optional<ClassPlace> classPlace(const Graph& graph)
{
    if (!graph.logits())
        return std::nullopt;
    const NodeId linear = *graph.logits();
    const auto* layer = std::get_if<FullyConnected>(&graph[linear].op);
    if (layer == nullptr || layer->activation != Activation::None)
        return std::nullopt;
    const Node& average = graph[graph[linear].inputs.front()];
    if (average.inputs.size() != 1 || !averagesAll(graph, average))
        return std::nullopt;
    return ClassPlace{average.inputs.front(), linear};
}

std::vector<ModuleId> evidenceModules(const Graph& graph)
{
    std::vector<ModuleId> result;
    if (!graph.logits())
        return result;
    const std::vector<bool> leads = influences(graph, *graph.logits());
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        const Module& module = graph.modules()[id];
        if (module.kind != ModuleKind::Auxiliary && module.kind != ModuleKind::Backward &&
            module.output != graph.input() && leads[module.output] &&
            graph[module.output].shape.pixels() > 1)
            result.push_back(id);
    }
    return result;
}

NodeId requireClasses(const Graph& graph, const std::string& title, const std::string& option)
{
    if (!graph.logits())
        throw Error(
            ErrorKind::Usage, option + ": " + title +
                                  " has no classes, so that nothing can be asked for as evidence "
                                  "of one");
    return *graph.logits();
}

} // namespace inceptoscope
