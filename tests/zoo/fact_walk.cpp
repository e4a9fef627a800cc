#include "zoo/fact_walk.h"

#include "cost/cost.h"
#include "weights/layer_weights.h"

#include <algorithm>
#include <stdexcept>

namespace inceptoscope {

namespace {

using Json = nlohmann::json;

void expect(bool same, const Json& fact, const std::string& what)
{
    if (!same)
        throw std::runtime_error(what + " differs: " + fact.dump());
}

Json json(const Shape& s, size_t dimensions)
{
    return dimensions == 1 ? Json({s.elements()}) : Json({s.c, s.h, s.w});
}

/// What the facts call an op; theirs of a 7x7 average over a 7x7 map is our global one.
bool sameKind(const Op& op, const Json& fact)
{
    const std::string kind = fact.at("op");
    const std::string ours = opName(op);
    const bool whole = fact.contains("k") &&
                       fact.at("k") == Json({fact.at("in_shape")[0][1], fact.at("in_shape")[0][2]});
    return ours == kind || (ours == "global_avgpool" && kind == "avgpool" && whole) ||
           (ours == "global_avgpool" && kind == "adaptive_avgpool" &&
            fact.at("out") == Json({1, 1}));
}

bool relu(Activation activation)
{
    return activation == Activation::Relu;
}

/// Which operands of the module's last concatenation the node feeds.
Json operandsFed(const Graph& graph, NodeId id)
{
    const auto join = graph.join(graph[id].module);
    Json fed = Json::array();
    if (!join)
        return fed;
    const std::vector<NodeId>& operands = graph[*join].inputs;
    for (size_t i = 0; i < operands.size(); ++i) {
        std::vector<NodeId> open = {operands[i]};
        bool found = false;
        while (!open.empty() && !found) {
            const NodeId at = open.back();
            open.pop_back();
            found = at == id;
            for (const NodeId in : graph[at].inputs)
                if (graph[in].module == graph[id].module && in >= id)
                    open.push_back(in);
        }
        if (found)
            fed.push_back(i);
    }
    return fed;
}

} // namespace

FactWalk::FactWalk(const Graph& graph)
    : m_graph(graph)
{
}

std::optional<ModuleId> FactWalk::findModule(const Graph& graph, const std::string& group)
{
    const std::vector<Module>& modules = graph.modules();
    for (ModuleId id = 0; id < modules.size(); ++id)
        if (modules[id].name == group || modules[id].path == group)
            return id;
    return std::nullopt;
}

void FactWalk::walk(const Json& ops, const std::string& prefix, NodeId tap)
{
    m_nodes["input"] = tap;
    for (const Json& fact : ops)
        step(fact, prefix);
}

void FactWalk::step(const Json& fact, const std::string& prefix)
{
    const std::string kind = fact.at("op");
    const std::string id = fact.at("id");
    const std::string in = fact.at("in")[0];
    if (kind == "dropout" || kind == "pad" || kind == "scale") {
        m_nodes[id] = operands(fact)[0];
        if (kind == "pad")
            m_padding[id] = fact.at("left_right_top_bottom");
        if (kind == "scale")
            m_scale[id] = fact.at("factor");
        return;
    }
    NodeId node = counterpart(fact, prefix, operands(fact));
    compare(fact, node);
    expect(m_matched.insert(node).second, fact, "one node for two ops");
    if (kind == "fc" && fact.contains("bn")) {
        node = m_graph.consumers(node).at(0);
        const auto& bn = std::get<BatchNorm>(m_graph[node].op);
        expect(
            m_graph[node].path == fact.at("bn").at("key").get<std::string>(), fact, "batch norm");
        expect(bn.eps == fact.at("bn").at("eps").get<float>(), fact, "eps");
        expect(bn.gamma == fact.at("bn").at("gamma").get<bool>(), fact, "gamma");
        m_matched.insert(node);
    }
    m_nodes[id] = node;
}

std::vector<NodeId> FactWalk::operands(const Json& fact) const
{
    std::vector<NodeId> inputs;
    for (const Json& in : fact.at("in"))
        inputs.push_back(m_nodes.at(in));
    return inputs;
}

NodeId FactWalk::counterpart(
    const Json& fact, const std::string& prefix, const std::vector<NodeId>& inputs) const
{
    std::vector<NodeId> sorted = inputs;
    std::sort(sorted.begin(), sorted.end());
    for (const NodeId id : m_graph.consumers(inputs[0])) {
        const Node& node = m_graph[id];
        std::vector<NodeId> ours = node.inputs;
        if (std::holds_alternative<Add>(node.op)) // a sum has no order
            std::sort(ours.begin(), ours.end());
        const bool keyed = fact.contains("key");
        if (ours == (std::holds_alternative<Add>(node.op) ? sorted : inputs) &&
            sameKind(node.op, fact) &&
            (!keyed || layerKey(node) == prefix + fact.at("key").get<std::string>()) &&
            !m_matched.contains(id))
            return id;
    }
    throw std::runtime_error("the graph has no node like " + fact.dump());
}

void FactWalk::compareWindow(
    const Json& fact, const Extent& kernel, const Extent& stride, const Padding& padding) const
{
    expect(Json({kernel.h, kernel.w}) == fact.at("k"), fact, "kernel");
    expect(Json({stride.h, stride.w}) == fact.at("s"), fact, "stride");
    const uint32_t top = fact.at("p")[0];
    const uint32_t left = fact.at("p")[1];
    std::array<uint32_t, 4> outer = {0, 0, 0, 0};
    if (const auto padded = m_padding.find(fact.at("in")[0]); padded != m_padding.end())
        outer = padded->second.get<std::array<uint32_t, 4>>();
    expect(
        padding.left == left + outer[0] && padding.right == left + outer[1] &&
            padding.top == top + outer[2] && padding.bottom == top + outer[3],
        fact, "padding");
}

void FactWalk::compareConv(const Json& fact, const Conv2d& conv) const
{
    compareWindow(fact, conv.kernel, conv.stride, conv.padding);
    expect(conv.groups == fact.at("groups"), fact, "groups");
    expect(conv.outChannels == fact.at("cout"), fact, "channels");
    expect(conv.bias == fact.at("bias"), fact, "bias");
    expect(relu(conv.activation) == fact.value("relu", false), fact, "ReLU");
    expect(conv.batchNorm.has_value() == fact.contains("bn"), fact, "batch norm");
    expect(conv.scale == 1, fact, "scale");
    if (!conv.batchNorm)
        return;
    expect(conv.batchNorm->eps == fact.at("bn").at("eps").get<float>(), fact, "eps");
    expect(conv.batchNorm->gamma == fact.at("bn").at("gamma"), fact, "gamma");
}

void FactWalk::compare(const Json& fact, NodeId id) const
{
    const Node& node = m_graph[id];
    const Json& out = fact.at("out_shape");
    expect(json(node.shape, out.size()) == out, fact, "shape");
    const Cost spent = cost(m_graph, id);
    const bool folded = std::holds_alternative<Conv2d>(node.op) && fact.contains("bn");
    const uint64_t norm = folded ? fact.at("bn").at("params").get<uint64_t>() : 0;
    expect(spent.params == fact.value("params", uint64_t(0)) + norm, fact, "params");
    expect(spent.macs == fact.value("macs", uint64_t(0)), fact, "macs");
    if (const auto* conv = std::get_if<Conv2d>(&node.op))
        compareConv(fact, *conv);
    if (const auto* pool = std::get_if<Pool2d>(&node.op)) {
        compareWindow(fact, pool->kernel, pool->stride, pool->padding);
        expect(pool->ceilMode == fact.at("ceil_mode"), fact, "ceil mode");
        expect(
            pool->kind == PoolKind::Max ||
                pool->countIncludePad == fact.at("count_include_pad").get<bool>(),
            fact, "what the average divides by");
    }
    if (const auto* lrn = std::get_if<Lrn>(&node.op))
        expect(
            lrn->size == fact.at("size").get<uint32_t>() &&
                lrn->alpha == fact.at("alpha").get<float>() &&
                lrn->beta == fact.at("beta").get<float>() && lrn->k == fact.at("k").get<float>(),
            fact, "LRN");
    if (const auto* fc = std::get_if<FullyConnected>(&node.op))
        expect(
            fc->bias == fact.at("bias").get<bool>() &&
                relu(fc->activation) == fact.value("relu", false),
            fact, "fully connected");
    if (const auto* add = std::get_if<Add>(&node.op)) {
        const auto scale = m_scale.find(fact.at("in")[0]);
        expect(scale != m_scale.end() && add->scale == scale->second, fact, "scale");
        expect(node.inputs[1] == m_nodes.at(scale->first), fact, "which operand is scaled");
        expect(relu(add->activation) == fact.value("relu", false), fact, "ReLU");
    }
    compareModule(fact, id);
}

void FactWalk::compareModule(const Json& fact, NodeId id) const
{
    const auto module = findModule(m_graph, fact.at("group"));
    // Where a group is a prefix of names, bn_inception's last average goes to the module before.
    const bool average = std::holds_alternative<AdaptiveAvgPool2d>(m_graph[id].op);
    if (!module || average || m_graph.isAuxiliary(id))
        return;
    expect(m_graph[id].module == *module, fact, "module");
    if (!fact.contains("branch"))
        return;
    const Json& branch = fact.at("branch");
    expect(
        operandsFed(m_graph, id) == (branch.is_array() ? branch : Json::array({branch})), fact,
        "branch");
}

std::vector<std::string> FactWalk::unmatched() const
{
    std::vector<std::string> names;
    for (NodeId id = 1; id < m_graph.size(); ++id)
        if (!m_matched.contains(id) && !std::holds_alternative<Softmax>(m_graph[id].op))
            names.push_back(m_graph[id].name);
    return names;
}

} // namespace inceptoscope
