#include "cli/graph_json.h"

#include "cli/names.h"
#include "cost/cost.h"
#include "weights/layer_weights.h"

namespace inceptoscope {

namespace {

Json toJson(const Extent& extent)
{
    return Json::array({extent.h, extent.w});
}

bool hasWeights(const Op& op)
{
    return std::holds_alternative<Conv2d>(op) || std::holds_alternative<FullyConnected>(op) ||
           std::holds_alternative<BatchNorm>(op);
}

Json opJson(const Graph& graph, NodeId id)
{
    const Node& node = graph[id];
    const Cost c = cost(graph, id);
    Json json{
        {"name", node.name},
        {"op", opName(node.op)},
        {"kernel", nullptr},
        {"stride", nullptr},
        {"padding", nullptr}};
    if (const auto window = windowOf(node.op)) {
        const Padding& p = window->padding;
        json["kernel"] = toJson(window->kernel);
        json["stride"] = toJson(window->stride);
        json["padding"] = Json::array({p.left, p.right, p.top, p.bottom});
    }
    json["in_shape"] = toJson(graph[node.inputs.front()].shape);
    json["out_shape"] = toJson(node.shape);
    json["params"] = c.params;
    json["macs"] = c.macs;
    json["weight_key"] = hasWeights(node.op) ? Json(layerKey(node)) : Json(nullptr);
    return json;
}

Json moduleJson(const Graph& graph, ModuleId id)
{
    const Module& module = graph.modules()[id];
    const Cost c = moduleCost(graph, id);
    Json json{
        {"name", module.name},
        {"title", module.title},
        {"kind", kindName(module.kind)},
        {"group", module.group},
        {"article", module.article},
        {"drawn", module.drawn},
        {"alias", module.alias},
        {"path", module.path},
        {"shape", toJson(graph[module.output].shape)},
        {"params", c.params},
        {"macs", c.macs},
        {"branches", Json::array()}};
    for (const Branch& branch : graph.branches(id)) {
        Json ops = Json::array();
        for (const NodeId node : branch.nodes)
            ops.push_back(opJson(graph, node));
        json["branches"].push_back(
            {{"name", branch.name},
             {"shape", toJson(graph[branch.output].shape)},
             {"ops", std::move(ops)}});
    }
    const std::vector<NodeId> tail = graph.tail(id);
    json["tail"] = Json::array(); // after the concatenation: a residual block's sum
    for (const NodeId node : tail)
        json["tail"].push_back(opJson(graph, node));
    return json;
}

} // namespace

Json toJson(const Network& network)
{
    const Graph& graph = network.graph;
    const Cost main = networkCost(graph).main;
    Json json{
        {"id", network.id},
        {"title", network.title},
        {"paper", network.paper},
        {"year", network.year},
        {"family", network.family},
        {"follows", network.follows},
        {"differences", network.differences},
        {"status", network.status},
        {"input", toJson(graph[graph.input()].shape)},
        {"params", main.params},
        {"macs", main.macs},
        {"modules", Json::array()}};
    for (ModuleId id = 0; id < graph.modules().size(); ++id)
        if (hasOps(graph, id))
            json["modules"].push_back(moduleJson(graph, id));
    return json;
}

Json toJson(const Shape& shape)
{
    return Json::array({shape.c, shape.h, shape.w});
}

std::optional<Window> windowOf(const Op& op)
{
    using Result = std::optional<Window>;
    return std::visit(
        Overloaded{
            [](const Input&) -> Result { return std::nullopt; },
            [](const Conv2d& o) -> Result {
                return Window{o.kernel, o.stride, o.padding};
            },
            [](const Pool2d& o) -> Result {
                return Window{o.kernel, o.stride, o.padding};
            },
            [](const AdaptiveAvgPool2d&) -> Result { return std::nullopt; },
            [](const Lrn&) -> Result { return std::nullopt; },
            [](const Concat&) -> Result { return std::nullopt; },
            [](const Add&) -> Result { return std::nullopt; },
            [](const FullyConnected&) -> Result { return std::nullopt; },
            [](const BatchNorm&) -> Result { return std::nullopt; },
            [](const Softmax&) -> Result { return std::nullopt; },
            [](const L2Normalize&) -> Result { return std::nullopt; },
            [](const GradientOp&) -> Result { return std::nullopt; },
        },
        op);
}

} // namespace inceptoscope
