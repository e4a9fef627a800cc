#include "weights/match/flow_difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

namespace inceptoscope {

namespace {

using Kind = FlowNode::Kind;
using Effects = std::vector<FlowEffect>;

/// Behind the last layer only these change what the classes are told apart by.
constexpr std::array<std::string_view, 14> activations = {
    "Relu", "LeakyRelu", "PRelu", "Elu",         "Selu",      "Celu",     "Sigmoid",
    "Tanh", "Clip",      "Gelu",  "HardSigmoid", "HardSwish", "Softplus", "Mish"};

bool same(const FlowEffect& a, const FlowEffect& b)
{
    return a.op == b.op &&
           std::equal(
               a.numbers.begin(), a.numbers.end(), b.numbers.begin(), b.numbers.end(),
               [](double x, double y) { return x == y || std::abs(x - y) <= 1e-5 * std::abs(y); });
}

void dropAllBut(Effects& effects, const auto& isKept)
{
    std::erase_if(effects, [&](const FlowEffect& effect) { return !isKept(effect); });
}

std::string listed(const Effects& effects, bool ofFile)
{
    std::string text;
    for (const FlowEffect& effect : effects) {
        const bool named = ofFile && !effect.node.empty();
        const std::string what =
            effect.op + (effect.detail.empty() ? "" : (named ? ", " : " of ") + effect.detail);
        text += text.empty() ? "" : " and ";
        text += named ? "node \"" + effect.node + "\" (" + what + ")" : what;
    }
    return text.empty() ? "nothing" : text;
}

class Comparison
{
public:
    Comparison(
        const Graph& graph, const LayerFlow& ours, const LayerFlow& theirs, const LayerMatch& match)
        : m_graph(graph)
        , m_ours(ours)
        , m_theirs(theirs)
        , m_partner(match.partner)
    {
    }

    std::vector<FlowDifference> compare()
    {
        for (size_t i = 0; i < m_ours.size(); ++i)
            if (m_partner[i]) {
                compareWindows(m_ours[i], m_theirs[*m_partner[i]]);
                compareOperands(m_ours[i], m_theirs[*m_partner[i]]);
            }
        for (const FlowOutput& output : m_ours.outputs())
            compareOutputs(output);
        return std::move(m_found);
    }

private:
    void add(NodeId node, const std::string& sentence)
    {
        if (m_told.insert(sentence).second)
            m_found.push_back({node, sentence});
    }

    void compareWindows(const FlowNode& ours, const FlowNode& theirs)
    {
        const auto id = NodeId(ours.source);
        const bool pool = ours.kind == Kind::Pool;
        // A linear layer has none, and may be written as a convolution of one pixel.
        if (!pool && !std::holds_alternative<Conv2d>(m_graph[id].op))
            return;
        const bool linear = theirs.weight.size() == 2;
        const Shape& in = m_graph[m_graph[id].inputs[0]].shape;
        if (pool ? poolsAlike(ours.window, theirs.window, in)
                 : linear || convolvesAlike(ours.window, theirs.window, in))
            return;
        const auto named = [&](const FlowWindow& window) {
            return (!pool            ? "a convolution of "
                    : window.average ? "an average pool of "
                                     : "a max pool of ") +
                   describe(window);
        };
        add(id, "its node \"" + theirs.name + "\" is " + named(theirs.window) + ", the network's " +
                    m_graph[id].name + " is " + named(ours.window));
    }

    /// The order of a sum's operands means nothing.
    [[nodiscard]] bool exchanged(const FlowNode& ours, const FlowNode& theirs) const
    {
        return ours.kind == Kind::Add && theirs.inputs.size() == 2 &&
               m_partner[ours.inputs[0]] != theirs.inputs[0] &&
               m_partner[ours.inputs[0]] == theirs.inputs[1];
    }

    void compareOperands(const FlowNode& ours, const FlowNode& theirs)
    {
        if (ours.inputs.size() != theirs.inputs.size())
            return;
        const bool swapped = exchanged(ours, theirs);
        for (size_t k = 0; k < ours.inputs.size(); ++k) {
            const size_t other = swapped ? 1 - k : k;
            Effects a = m_ours.effects(ours.effects[k]);
            Effects b = m_theirs.effects(theirs.effects[other]);
            if (m_ours[ours.inputs[k]].kind == Kind::Input)
                dropAllBut(b, [](const FlowEffect& effect) { return effect.op == "Pad"; });
            compareEffects(
                m_ours[ours.inputs[k]], m_theirs[theirs.inputs[other]], std::move(a), std::move(b));
        }
    }

    /// Where the file ends with the same part: what it makes of it.
    void compareOutputs(const FlowOutput& ours)
    {
        const auto counts = [](const FlowEffect& effect) {
            return std::find(activations.begin(), activations.end(), effect.op) !=
                   activations.end();
        };
        const auto partner = m_partner[ours.node];
        for (const FlowOutput& theirs : m_theirs.outputs()) {
            if (partner != theirs.node)
                continue;
            Effects a = m_ours.effects(ours.effects);
            Effects b = m_theirs.effects(theirs.effects);
            dropAllBut(a, counts);
            dropAllBut(b, counts);
            compareEffects(m_ours[ours.node], m_theirs[theirs.node], std::move(a), std::move(b));
        }
    }

    void compareEffects(const FlowNode& ours, const FlowNode& theirs, Effects a, Effects b)
    {
        while (!a.empty() && !b.empty() && same(a.front(), b.front())) {
            a.erase(a.begin());
            b.erase(b.begin());
        }
        while (!a.empty() && !b.empty() && same(a.back(), b.back())) {
            a.pop_back();
            b.pop_back();
        }
        if (a.empty() && b.empty())
            return;
        const auto id = NodeId(ours.source);
        const std::string named = theirs.name.empty() ? "" : " (its \"" + theirs.name + "\")";
        add(id, "behind " + m_graph[id].name + named + " it has " + listed(b, true) +
                    ", the network " + listed(a, false));
    }

    const Graph& m_graph;
    const LayerFlow& m_ours;
    const LayerFlow& m_theirs;
    const std::vector<std::optional<size_t>>& m_partner;
    std::vector<FlowDifference> m_found;
    std::set<std::string> m_told;
};

} // namespace

std::vector<FlowDifference> flowDifferences(
    const Graph& graph, const LayerFlow& ours, const LayerFlow& theirs, const LayerMatch& match)
{
    return Comparison(graph, ours, theirs, match).compare();
}

} // namespace inceptoscope
