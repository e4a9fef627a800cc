#include "experiments/bench.h"

#include "engine/loader.h"
#include "engine/module_pictures.h"
#include "error.h"
#include "vulkan/device.h"
#include "weights/synthetic.h"

#include <algorithm>

namespace inceptoscope {

ExperimentBench::ExperimentBench(
    const MeasuringSite& site, ExperimentSubject subject, Effort effort)
    : m_site(site)
    , m_subject(std::move(subject))
    , m_effort(effort)
{
}

void ExperimentBench::goOn() const
{
    if (!m_site.goOn(m_fraction))
        throw Error(ErrorKind::Cancelled, "measuring was cancelled");
}

void ExperimentBench::showSoFar(const ExperimentReport& report) const
{
    m_site.partly(std::make_shared<const ExperimentReport>(report));
}

const OpenedNetwork& ExperimentBench::network()
{
    if (!m_network)
        m_network = openNetwork(
            {.network = m_subject.network,
             .weights = m_subject.weights,
             .labels = m_subject.labels});
    return *m_network;
}

const OpenedNetwork* ExperimentBench::trained(const std::string& id)
{
    if (id == m_subject.network)
        return network().trained ? &network() : nullptr;
    const auto at = m_subject.atHand.find(id);
    if (at == m_subject.atHand.end())
        return nullptr;
    if (!m_others.contains(id))
        m_others.emplace(id, openNetwork({.network = id, .weights = at->second}));
    return &m_others.at(id);
}

std::optional<RealModule>
ExperimentBench::realModule(const OpenedNetwork& opened, ModuleId module) const
{
    if (!m_style)
        return std::nullopt;
    const Graph& graph = opened.network.graph;
    const auto session = makeSession(
        m_site, graph, *opened.weights, {.timeOps = false, .network = opened.network.title},
        m_fraction);
    feed(*session, opened.network, m_subject.picture);
    (void)runUpTo(*session, graph, {graph.modules()[module].output});
    RealModule real{std::make_shared<const Network>(opened.network), module, nullptr};
    auto snapshot = std::make_shared<RunSnapshot>();
    snapshot->network = real.network;
    snapshot->device = describeDevice(m_site.device.info());
    snapshot->weights = weightsState(opened.spec);
    snapshot->opMilliseconds.assign(graph.size(), -1.0);
    snapshot->moduleMilliseconds.assign(graph.modules().size(), -1.0);
    snapshot->shown = renderModule(*session, graph, module, {}, *m_style);
    snapshot->complete = true;
    real.snapshot = std::move(snapshot);
    return real;
}

std::vector<float> ExperimentBench::value(NodeId node)
{
    const OpenedNetwork& opened = network();
    if (!m_session) {
        m_session = makeSession(
            m_site, opened.network.graph, *opened.weights,
            {.auxiliary = opened.hasAuxiliary, .timeOps = false, .network = opened.network.title},
            0.5);
        feed(*m_session, opened.network, m_subject.picture);
        for (const ModuleId module : m_session->modules()) {
            goOn();
            m_session->runModule(module);
        }
    }
    return m_session->read(node);
}

std::vector<std::vector<float>>
ExperimentBench::runOnPicture(const TensorSource& weights, const std::vector<NodeId>& nodes)
{
    const Network& net = network().network;
    const auto session = makeSession(
        m_site, net.graph, weights, {.timeOps = false, .network = net.title}, m_fraction);
    feed(*session, net, m_subject.picture);
    return runUpTo(*session, net.graph, nodes);
}

std::vector<std::vector<float>>
ExperimentBench::runOn(const QImage& picture, const std::vector<NodeId>& nodes)
{
    const OpenedNetwork& opened = network();
    if (!m_other)
        m_other = makeSession(
            m_site, opened.network.graph, *opened.weights,
            {.timeOps = false, .network = opened.network.title}, m_fraction);
    feed(*m_other, opened.network, picture);
    return runUpTo(*m_other, opened.network.graph, nodes);
}

std::vector<std::vector<float>> ExperimentBench::runUpTo(
    Session& session, const Graph& graph, const std::vector<NodeId>& nodes) const
{
    const ModuleId last = graph[*std::ranges::max_element(nodes)].module;
    for (const ModuleId module : session.modules()) {
        if (module > last)
            break;
        goOn();
        session.runModule(module);
    }
    std::vector<std::vector<float>> results;
    results.reserve(nodes.size());
    for (const NodeId node : nodes)
        results.push_back(session.read(node));
    return results;
}

namespace {

bool contains(const Shape& whole, const Shape& part)
{
    return part.c <= whole.c && part.h <= whole.h && part.w <= whole.w;
}

/// Values by rule, not below zero: as they come out of a ReLU.
std::vector<float> pattern(const Shape& shape)
{
    std::vector<float> values = syntheticUniform("module input", shape.elements(), "");
    for (float& value : values)
        value = std::max(0.0F, value);
    return values;
}

std::vector<float> cut(const std::vector<float>& values, const Shape& whole, const Shape& part)
{
    if (whole == part)
        return values;
    std::vector<float> result;
    result.reserve(part.elements());
    const uint32_t top = (whole.h - part.h) / 2;
    const uint32_t left = (whole.w - part.w) / 2;
    for (uint32_t c = 0; c < part.c; ++c)
        for (uint32_t y = 0; y < part.h; ++y) {
            const auto row =
                values.begin() + std::ptrdiff_t((size_t(c) * whole.h + y + top) * whole.w + left);
            result.insert(result.end(), row, row + part.w);
        }
    return result;
}

} // namespace

std::vector<float> ExperimentBench::inputOf(const std::string& module, const Shape& shape)
{
    if (module.empty())
        return pattern(shape);
    const Graph& graph = network().network.graph;
    const auto id = graph.findModule(module);
    if (!id)
        return pattern(shape);
    const NodeId source = graph.modules()[*id].inputs.front();
    if (!contains(graph[source].shape, shape))
        return pattern(shape);
    return cut(value(source), graph[source].shape, shape);
}

std::string ExperimentBench::inputText(const std::string& module, const Shape& shape)
{
    const Graph& graph = network().network.graph;
    const auto id = graph.findModule(module);
    if (!id || !contains(graph[graph.modules()[*id].inputs.front()].shape, shape))
        return "a pattern by rule, " + toString(shape);
    return toString(shape) + ", what " + network().network.title + " hands its " +
           graph.modules()[*id].title + " of the " +
           (m_subject.picture.isNull() ? "pattern" : "picture");
}

std::vector<std::vector<float>> ExperimentBench::run(
    const Graph& graph, const TensorSource& weights, std::span<const float> input,
    const std::vector<NodeId>& nodes) const
{
    const auto session = makeSession(m_site, graph, weights, {.timeOps = false}, 0);
    session->setInput(input);
    return runUpTo(*session, graph, nodes);
}

} // namespace inceptoscope
