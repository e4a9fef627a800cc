#include "models/versions/version_facts.h"

namespace inceptoscope {

const AccuracyFigure* VersionFacts::figure(bool released) const
{
    if (accuracy == nullptr)
        return nullptr;
    const auto& figures = released ? accuracy->released : accuracy->published;
    return figures.empty() ? nullptr : &figures.front();
}

VersionFacts versionFacts(const Network& network)
{
    const Graph& graph = network.graph;
    return {
        .id = network.id,
        .title = network.title,
        .family = network.family,
        .status = network.status,
        .year = network.year,
        .input = graph[graph.input()].shape.h,
        .layers = weightLayersOnLongestPath(graph),
        .cost = networkCost(graph).main,
        .accuracy = AccuracyTable::bundled().of(network.id)};
}

double gflops(uint64_t macs, double milliseconds)
{
    return milliseconds > 0 ? 2.0 * double(macs) / 1e6 / milliseconds : 0.0;
}

} // namespace inceptoscope
