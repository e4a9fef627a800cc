#include "visualization/dream_study.h"

#include "error.h"
#include "visualization/dream.h"

namespace inceptoscope {

void DreamTask::run(const MeasuringSite& site)
{
    const OpenedNetwork opened =
        openNetwork(NetworkRequest{.network = m_request.network, .weights = m_request.weights});
    const std::optional<NodeId> node = opened.network.graph.find(m_request.node);
    if (!node)
        throw Error(ErrorKind::Usage, opened.network.title + " has no \"" + m_request.node + "\"");
    uint32_t steps = 0;
    (void)dream(
        site, opened, {.node = *node}, m_request.picture, m_request.options,
        [&](const QImage& picture) { m_latest.set({.picture = picture, .steps = ++steps}); });
}

StudyJob dreamJob(std::shared_ptr<DreamTask> task)
{
    return [task = std::move(task)](const MeasuringSite& site) -> StudyResult {
        task->run(site);
        return nullptr;
    };
}

} // namespace inceptoscope
