#include "attribution/live_evidence.h"

#include "attribution/class_place.h"
#include "attribution/evidence_run.h"
#include "error.h"

#include <algorithm>

namespace inceptoscope {

namespace {

std::vector<NodeId> nodesOfAll(const Graph& graph, const std::vector<ModuleId>& modules)
{
    std::vector<NodeId> nodes;
    for (const ModuleId module : modules) {
        const std::vector<NodeId> some = nodesOf(graph, module);
        nodes.insert(nodes.end(), some.begin(), some.end());
    }
    return nodes;
}

OpenedNetwork checked(OpenedNetwork opened)
{
    if (!opened.network.graph.logits() || evidenceModules(opened.network.graph).empty())
        throw Error(
            ErrorKind::Usage,
            opened.network.title + " has no module with a map that leads to a class");
    return opened;
}

} // namespace

struct LiveEvidence::Open
{
    MeasuringSite site;
    OpenedNetwork opened;
    std::vector<ModuleId> modules;
    std::vector<NodeId> nodes;
    EvidenceRun run;

    Open(MeasuringSite where, OpenedNetwork network)
        : site(std::move(where))
        , opened(checked(std::move(network)))
        , modules(evidenceModules(opened.network.graph))
        , nodes(nodesOfAll(opened.network.graph, modules))
        , run(site, opened, nodes, nodes)
    {
    }
};

LiveEvidence::LiveEvidence(std::function<OpenedNetwork()> open)
    : m_opener(std::move(open))
{
}

LiveEvidence::~LiveEvidence() = default;

void LiveEvidence::ask(ModuleId module, std::optional<uint32_t> classIndex)
{
    const std::lock_guard lock(m_mutex);
    m_module = module;
    m_class = classIndex;
}

StudyResult LiveEvidence::study(const MeasuringSite& site, const QImage& frame)
{
    EvidenceRequest request{.method = Method::GradCam};
    ModuleId module = 0;
    {
        const std::lock_guard lock(m_mutex);
        request.classIndex = m_class;
        module = m_module;
    }
    if (!m_open)
        m_open = std::make_unique<Open>(site, m_opener());
    EvidenceRun& run = m_open->run;
    const Graph& graph = run.graph();
    if (std::ranges::find(m_open->modules, module) == m_open->modules.end())
        module = m_open->modules.back();
    run.feed({.picture = frame});
    const ScoredClass scored = scoredClass(run.forward(), request);
    run.choose(scored.index);
    run.backwardTo(nodesOf(graph, module));
    auto evidence = std::make_shared<Evidence>();
    evidence->method = Method::GradCam;
    evidence->classIndex = scored.index;
    evidence->score = scored.score;
    evidence->at = graph.modules()[module].name;
    evidence->input = run.inputShape();
    evidence->modules.push_back(moduleEvidence(run, module));
    evidence->map = evidence->modules.back().map;
    return evidence;
}

void LiveEvidence::release()
{
    m_open.reset();
}

} // namespace inceptoscope
