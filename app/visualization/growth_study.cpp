#include "visualization/growth_study.h"

#include "engine/measuring_site.h"
#include "engine/open_network.h"
#include "error.h"
#include "visualization/growth.h"

namespace inceptoscope {

/// All that goes on with another session where the last one was given up.
struct GrowthTask::Begun
{
    OpenedNetwork opened;
    AscentGraph target;
    Growth growth;
    double before = 0;
};

GrowthTask::GrowthTask(GrowthRequest request)
    : m_request(std::move(request))
    , m_rate(GrowthOptions{}.rate)
{
}

GrowthTask::~GrowthTask() = default;

void GrowthTask::begin()
{
    OpenedNetwork opened =
        openNetwork(NetworkRequest{.network = m_request.network, .weights = m_request.weights});
    const Graph& graph = opened.network.graph;
    const std::optional<NodeId> node = graph.find(m_request.node);
    if (!node)
        throw Error(ErrorKind::Usage, opened.network.title + " has no \"" + m_request.node + "\"");
    AscentGraph target = ascentGraph(
        graph, {.node = *node, .channel = m_request.channel},
        {graph[graph.input()].shape.c, m_request.side, m_request.side});
    Growth growth(target, opened.network.preprocessing, {.seed = m_request.seed});
    m_begun =
        std::make_unique<Begun>(Begun{std::move(opened), std::move(target), std::move(growth)});
}

void GrowthTask::run(const MeasuringSite& site, uint64_t until)
{
    if (!m_begun)
        begin();
    const AscentGraph& target = m_begun->target;
    Growth& growth = m_begun->growth;
    const auto session = makeSession(
        site, target.graph, *m_begun->opened.weights,
        ascentOptions(target, m_begun->opened.network.title), 0);
    growth.begin(*session);
    if (growth.steps() == 0)
        m_begun->before = growth.score(*session);
    while (growth.steps() < until) {
        if (!site.goOn(double(growth.steps()) / double(until)))
            throw Error(ErrorKind::Cancelled, "growing was stopped");
        growth.setRate(m_rate);
        const double now = growth.step(*session);
        m_latest.set(
            {.picture = growth.picture(),
             .steps = growth.steps(),
             .before = m_begun->before,
             .now = now});
    }
}

StudyJob growthJob(std::shared_ptr<GrowthTask> task, uint64_t until)
{
    return [task = std::move(task), until](const MeasuringSite& site) -> StudyResult {
        task->run(site, until);
        return nullptr;
    };
}

} // namespace inceptoscope
