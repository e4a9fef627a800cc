#include "attribution/evidence_run.h"

#include "attribution/class_place.h"
#include "error.h"
#include "weights/layer_weights.h"

#include <algorithm>

namespace inceptoscope {

EvidenceRun::EvidenceRun(
    const MeasuringSite& site, const OpenedNetwork& opened, std::vector<NodeId> kept,
    const std::vector<NodeId>& by)
    : m_site(site)
    , m_network(opened.network)
    , m_forward(opened.network.graph)
    , m_graph(
          by.empty() ? m_forward
                     : gradient(m_forward, m_forward.logits().value(), Wrt{.nodes = by}))
    , m_logits(m_forward.logits().value())
{
    kept.push_back(m_logits);
    kept.push_back(m_forward.input());
    for (const NodeId node : by)
        kept.push_back(m_graph.find(gradientName(m_forward, node)).value());
    if (!by.empty())
        m_seed = m_graph.find(gradientName(m_forward, m_logits)).value();
    m_session = makeSession(
        site, m_graph, *opened.weights,
        {.keep = Keep::Taps, .taps = kept, .timeOps = false, .network = m_network.title},
        readyShare);
    const std::vector<ModuleId>& modules = m_session->modules();
    const size_t forwardModules = m_forward.modules().size();
    m_turn = size_t(
        std::ranges::find_if(modules, [&](ModuleId id) { return id >= forwardModules; }) -
        modules.begin());
}

void EvidenceRun::feed(const EvidenceSubject& subject)
{
    if (subject.picture.isNull() && !subject.tensor.empty())
        m_session->setInput(subject.tensor);
    else
        inceptoscope::feed(*m_session, m_network, subject.picture);
}

void EvidenceRun::setShare(double from, double to)
{
    m_from = readyShare + (1 - readyShare) * from;
    m_to = readyShare + (1 - readyShare) * to;
}

void EvidenceRun::run(size_t from, size_t until)
{
    const std::vector<ModuleId>& modules = m_session->modules();
    for (size_t i = from; i < until; ++i) {
        const double done = double(i) / double(modules.size());
        if (!m_site.goOn(m_from + (m_to - m_from) * done))
            throw Error(ErrorKind::Cancelled, "the search for evidence was cancelled");
        m_session->runModule(modules[i]);
    }
}

std::vector<float> EvidenceRun::forward()
{
    run(0, m_turn);
    return read(m_logits);
}

void EvidenceRun::choose(uint32_t classIndex)
{
    std::vector<float> seed(m_forward[m_logits].shape.elements(), 0.0F);
    seed.at(classIndex) = 1.0F;
    m_session->setGiven(m_seed.value(), seed);
}

void EvidenceRun::backward()
{
    run(m_turn, m_session->modules().size());
}

void EvidenceRun::backwardTo(const std::vector<NodeId>& nodes)
{
    const std::vector<ModuleId>& modules = m_session->modules();
    size_t until = m_turn;
    for (const NodeId node : nodes) {
        const ModuleId module = m_graph[m_graph.find(gradientName(m_forward, node)).value()].module;
        until = std::max(until, size_t(std::ranges::find(modules, module) - modules.begin()) + 1);
    }
    run(m_turn, until);
}

std::vector<float> EvidenceRun::derivative(NodeId node)
{
    return read(m_graph.find(gradientName(m_forward, node)).value());
}

ScoredClass scoredClass(const std::vector<float>& logits, const EvidenceRequest& request)
{
    const auto top = uint32_t(std::ranges::max_element(logits) - logits.begin());
    const uint32_t index = request.classIndex.value_or(top);
    if (index >= logits.size())
        throw Error(
            ErrorKind::Usage, "--class: class " + std::to_string(index) + ", the network has " +
                                  std::to_string(logits.size()));
    const double score = double(logits[index]);
    if (!std::isfinite(score))
        throw Error(
            ErrorKind::BadInput,
            "attribute: the score of class " + std::to_string(index) +
                " is not finite: values grew beyond all bounds on the way, so that nothing "
                "speaks for it");
    return {index, score};
}

void askCam(EvidenceRun& run, const OpenedNetwork& opened, NodeId maps, Evidence& evidence)
{
    const Graph& graph = run.graph();
    const NodeId linear = *graph.logits();
    const LayerWeights layer = loadLayer(graph, linear, *opened.weights);
    const Shape& shape = graph[maps].shape;
    const auto weights =
        std::span(layer.weight).subspan(size_t(evidence.classIndex) * shape.c, shape.c);
    evidence.map = weightedSum(run.read(maps), shape, allOf(shape), weights);
    evidence.bias = double(layer.bias.at(evidence.classIndex));
    const Module& module = graph.modules()[graph[maps].module];
    evidence.at = module.output == maps ? module.name : graph[maps].name;
}

void askGradCam(EvidenceRun& run, const EvidenceRequest& request, NodeId at, Evidence& evidence)
{
    const Shape& shape = run.graph()[at].shape;
    evidence.map = aboveZero(gradCamSum(run.read(at), run.derivative(at), shape, allOf(shape)));
    for (const ModuleId module : request.modules)
        evidence.modules.push_back(moduleEvidence(run, module));
}

namespace {

/// The nodes that are differentiated by, without repeats.
std::vector<NodeId> derivativesOf(const Graph& graph, const EvidenceRequest& request, NodeId at)
{
    std::vector<NodeId> by{graph.input()};
    if (request.method != Method::GradCam)
        return by;
    by.push_back(at);
    for (const ModuleId module : request.modules)
        for (const NodeId node : nodesOf(graph, module))
            by.push_back(node);
    std::sort(by.begin(), by.end());
    by.erase(std::unique(by.begin(), by.end()), by.end());
    return by;
}

NodeId placeOf(const OpenedNetwork& opened, const EvidenceRequest& request, Evidence& evidence)
{
    const Graph& graph = opened.network.graph;
    if (request.method == Method::Cam) {
        const auto place = classPlace(graph);
        if (!place)
            throw Error(
                ErrorKind::Usage,
                "--method cam: " + opened.network.title +
                    " doesn't end in global average pooling and a linear layer, which CAM is made "
                    "of; use --method grad-cam");
        return place->maps;
    }
    if (request.method != Method::GradCam) {
        evidence.at = "input";
        return graph.input();
    }
    if (request.at) {
        evidence.at = request.atName;
        return *request.at;
    }
    const std::vector<ModuleId> modules = evidenceModules(graph);
    if (modules.empty())
        throw Error(
            ErrorKind::Usage, "--method grad-cam: " + opened.network.title +
                                  " has no module with a map; use --method saliency");
    evidence.at = graph.modules()[modules.back()].name;
    return graph.modules()[modules.back()].output;
}

} // namespace

Evidence findEvidence(
    const MeasuringSite& site, const OpenedNetwork& opened, const EvidenceSubject& subject,
    const EvidenceRequest& request, const EvidenceWatch& watch, const PlaneMap& known)
{
    const Graph& graph = opened.network.graph;
    (void)requireClasses(graph, opened.network.title, "--network");
    Evidence evidence;
    evidence.method = request.method;
    evidence.input = graph[graph.input()].shape;
    const NodeId at = placeOf(opened, request, evidence);
    const bool backward = request.method != Method::Cam && request.method != Method::Occlusion;
    const std::vector<NodeId> by =
        backward ? derivativesOf(graph, request, at) : std::vector<NodeId>{};
    std::vector<NodeId> kept = by;
    kept.push_back(at);
    EvidenceRun run(site, opened, kept, by);
    run.feed(subject);
    // Of the methods that run once, this is all.
    run.setShare(0, request.method == Method::IntegratedGradients ? 0.01 : 1);
    const ScoredClass scored = scoredClass(run.forward(), request);
    evidence.classIndex = scored.index;
    evidence.score = scored.score;
    if (backward) {
        run.choose(scored.index);
        run.backward();
        evidence.inputGradient = run.derivative(graph.input());
    }
    switch (request.method) {
    case Method::Cam:
        askCam(run, opened, at, evidence);
        break;
    case Method::GradCam:
        askGradCam(run, request, at, evidence);
        break;
    case Method::Saliency:
        evidence.map = largestMagnitude(evidence.inputGradient, evidence.input);
        break;
    case Method::IntegratedGradients:
        askIntegratedGradients(run, blackInput(opened), evidence);
        break;
    case Method::Occlusion:
        askOcclusion(run, request, watch, known, evidence);
        break;
    }
    return evidence;
}

} // namespace inceptoscope
