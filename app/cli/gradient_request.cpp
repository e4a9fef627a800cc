#include "cli/gradient_request.h"

#include "ascii.h"
#include "cli/names.h"
#include "error.h"
#include "gradient/loss.h"
#include "weights/layer_weights.h"

#include <algorithm>
#include <charconv>

namespace inceptoscope {

namespace {

/// Collects what derivatives are wanted by, each once, and what they will be called.
class Wanted
{
public:
    Wanted(const Graph& graph, NodeId of, bool auxiliary)
        : m_graph(graph)
        , m_reached(influences(graph, of))
        , m_auxiliary(auxiliary)
    {
    }

    void add(const std::string& word)
    {
        if (word == "input")
            addNode("input", m_graph.input());
        else if (word == "modules")
            addModules();
        else if (word == "parameters")
            addParameters({});
        else if (!addParameters(word))
            for (const Tap& tap : tapsNamed(m_graph, {word}, m_auxiliary, "--wrt"))
                addNode(tap.name, tap.node);
    }

    [[nodiscard]] const Wrt& wrt() const { return m_wrt; }
    /// In the graph with the backward pass.
    [[nodiscard]] std::vector<GradientOutput> outputs(const Graph& graph) const
    {
        std::vector<GradientOutput> result;
        for (const Named& named : m_names)
            result.push_back({"d/" + named.name, named.shape, graph.find(named.node).value()});
        return result;
    }

private:
    struct Named
    {
        std::string name;
        std::vector<uint64_t> shape;
        std::string node; ///< its name in the graph with the backward pass
    };

    void addNamed(Named named)
    {
        if (std::ranges::find(m_names, named.name, &Named::name) == m_names.end())
            m_names.push_back(std::move(named));
    }
    void addNode(const std::string& name, NodeId node)
    {
        const Shape& shape = m_graph[node].shape;
        addNamed({name, {1, shape.c, shape.h, shape.w}, gradientName(m_graph, node)});
        if (std::ranges::find(m_wrt.nodes, node) == m_wrt.nodes.end())
            m_wrt.nodes.push_back(node);
    }
    /// Those that count for the result, under each name that `activations` knows them by.
    void addModules()
    {
        for (ModuleId id = 0; id < m_graph.modules().size(); ++id) {
            const Module& module = m_graph.modules()[id];
            if (!hasOps(m_graph, id) || module.kind == ModuleKind::Backward ||
                !m_reached[module.output])
                continue;
            for (const std::string& name : {module.name, module.alias, module.path})
                if (!name.empty())
                    addNode(name, module.output);
        }
    }
    /// The one of that key, or all that count for the result; whether there are any.
    bool addParameters(const std::string& key)
    {
        bool found = false;
        for (const Parameter& p : parameters(m_graph, true)) {
            if (!isTrainable(p.role) || (key.empty() ? !m_reached[p.node] : p.key != key))
                continue;
            const LayerParameter parameter{p.node, p.role};
            addNamed({p.key, p.shape, gradientName(m_graph, parameter)});
            if (std::ranges::find(m_wrt.parameters, parameter) == m_wrt.parameters.end())
                m_wrt.parameters.push_back(parameter);
            found = true;
        }
        return found;
    }

    const Graph& m_graph;
    const std::vector<bool> m_reached;
    bool m_auxiliary;
    Wrt m_wrt;
    std::vector<Named> m_names;
};

NodeId requireLogits(const OpenedNetwork& opened, const GradientOf& of)
{
    const Graph& graph = opened.network.graph;
    if (!graph.logits())
        throw Error(
            ErrorKind::Usage,
            "--of: " + opened.network.title + " has no classes; use --of node:NAME --with FILE");
    const uint32_t classes = graph[*graph.logits()].shape.c;
    if (of.index >= classes)
        throw Error(
            ErrorKind::Usage, "--of: class " + std::to_string(of.index) + ", the network has " +
                                  std::to_string(classes) + " (0 to " +
                                  std::to_string(classes - 1) + ")");
    return *graph.logits();
}

/// The forward graph, and in `run` what it is differentiated by.
Graph withResult(const OpenedNetwork& opened, const GradientRequest& request, GradientRun& run)
{
    const Graph& graph = opened.network.graph;
    if (request.of.kind == GradientOf::Kind::Node) {
        const std::vector<Tap> taps =
            tapsNamed(graph, {request.of.name}, opened.hasAuxiliary, "--of");
        run.of = taps.front().node;
        run.auxiliary = graph.isAuxiliary(run.of);
        return graph;
    }
    run.heads = {requireLogits(opened, request.of)};
    run.of = run.heads.front();
    if (request.of.kind != GradientOf::Kind::Loss)
        return graph;
    run.auxiliary = request.auxiliary.has_value();
    if (run.auxiliary)
        run.heads.insert(
            run.heads.end(), opened.network.auxiliaryLogits.begin(),
            opened.network.auxiliaryLogits.end());
    const Loss loss = withLoss(
        graph, {run.heads.begin() + 1, run.heads.end()}, float(request.auxiliary.value_or(0)));
    run.of = loss.value;
    run.target = loss.target;
    return loss.graph;
}

} // namespace

GradientOf parseGradientOf(const std::string& text)
{
    using Kind = GradientOf::Kind;
    const auto refuse = [&]() -> GradientOf {
        throw Error(
            ErrorKind::Usage,
            "--of: \"" + text + "\" is none of class:K, loss:K and node:NAME (such as class:281)");
    };
    if (text.empty())
        return {};
    const size_t colon = text.find(':');
    const std::string kind = text.substr(0, colon);
    const std::string value = colon == std::string::npos ? "" : text.substr(colon + 1);
    if (value.empty())
        return refuse();
    if (kind == "node")
        return {Kind::Node, 0, value};
    uint32_t index = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), index);
    if (error != std::errc() || end != value.data() + value.size())
        return refuse();
    if (kind == "class")
        return {Kind::Class, index, {}};
    return kind == "loss" ? GradientOf{Kind::Loss, index, {}} : refuse();
}

GradientRun gradientRun(const OpenedNetwork& opened, const GradientRequest& request)
{
    GradientRun run;
    const Graph forward = withResult(opened, request, run);
    Wanted wanted(forward, run.of, run.auxiliary);
    for (const std::string& word : request.wrt)
        wanted.add(word);
    if (request.wrt.empty())
        wanted.add("input");
    run.graph = gradient(forward, run.of, wanted.wrt());
    run.seed = run.graph.find(gradientName(forward, run.of)).value();
    run.outputs = wanted.outputs(run.graph);
    return run;
}

} // namespace inceptoscope
