#include "gradient/gradient.h"

#include "error.h"
#include "gradient/backward.h"

#include <algorithm>

namespace inceptoscope {

namespace {

std::string partName(ParameterRole role)
{
    switch (role) {
    case ParameterRole::Weight:
        return ".weight";
    case ParameterRole::Bias:
        return ".bias";
    case ParameterRole::Gamma:
        return ".gamma";
    case ParameterRole::Beta:
        return ".beta";
    case ParameterRole::Mean:
        return ".mean";
    case ParameterRole::Variance:
        return ".variance";
    }
    return {};
}

/// Whether the layer has such a parameter that is trained.
bool has(const Op& op, const Shape& in, ParameterRole role)
{
    const auto conv = layerConvolution(op, in);
    if (!conv)
        return false;
    switch (role) {
    case ParameterRole::Weight:
        return !std::holds_alternative<BatchNorm>(op);
    case ParameterRole::Bias:
        return conv->bias;
    case ParameterRole::Gamma:
        return conv->batchNorm && conv->batchNorm->gamma;
    case ParameterRole::Beta:
        return conv->batchNorm.has_value();
    case ParameterRole::Mean:
    case ParameterRole::Variance:
        return false;
    }
    return false;
}

void requireWrt(const Graph& graph, NodeId of, const Wrt& wrt)
{
    const std::vector<bool> reached = influences(graph, of);
    const auto require = [&](NodeId node, const std::string& what) {
        if (node >= graph.size())
            throw Error(ErrorKind::Usage, "gradient: there is no node " + std::to_string(node));
        if (!reached[node])
            throw Error(
                ErrorKind::Usage, "gradient: " + graph[of].name + " doesn't depend on " + what);
    };
    for (const NodeId node : wrt.nodes)
        require(node, node < graph.size() ? graph[node].name : "");
    for (const LayerParameter& p : wrt.parameters) {
        const std::string name =
            p.layer < graph.size() ? graph[p.layer].name + partName(p.role) : "";
        require(p.layer, name);
        const std::vector<NodeId>& inputs = graph[p.layer].inputs;
        if (inputs.empty() || !has(graph[p.layer].op, graph[inputs[0]].shape, p.role))
            throw Error(ErrorKind::Usage, "gradient: there is no parameter " + name);
    }
}

} // namespace

std::string gradientName(const Graph& graph, NodeId node)
{
    return "d/" + graph[node].name;
}

std::string gradientName(const Graph& graph, const LayerParameter& parameter)
{
    return gradientName(graph, parameter.layer) + partName(parameter.role);
}

std::vector<bool> influences(const Graph& graph, NodeId of)
{
    std::vector<bool> result(graph.size(), false);
    result[of] = true;
    for (NodeId id = of + 1; id-- > 0;)
        if (result[id])
            for (const NodeId in : graph[id].inputs)
                result[in] = true;
    return result;
}

Graph gradient(const Graph& graph, NodeId of, const Wrt& wrt)
{
    requireWrt(graph, of, wrt);
    return BackwardPass(graph, of, wrt).make();
}

} // namespace inceptoscope
