#include "session/work.h"

#include "session/node_dispatches.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace inceptoscope {

namespace {

/// Puts barriers as Recorder does.
class Flow
{
public:
    void begin()
    {
        m_accesses.clear();
        m_barriers += 2; // before the first command, after the last
    }
    void use(const std::vector<Binding>& bindings)
    {
        const bool waits =
            std::any_of(bindings.begin(), bindings.end(), [this](const Binding& binding) {
                return std::any_of(m_accesses.begin(), m_accesses.end(), [&](const Binding& a) {
                    return conflict(a, binding);
                });
            });
        if (waits) {
            m_accesses.clear();
            ++m_barriers;
        }
        m_accesses.insert(m_accesses.end(), bindings.begin(), bindings.end());
    }
    [[nodiscard]] uint64_t barriers() const { return m_barriers; }

private:
    static bool conflict(const Binding& a, const Binding& b)
    {
        return a.memory == b.memory && (a.access == Access::Write || b.access == Access::Write) &&
               a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;
    }

    std::vector<Binding> m_accesses;
    uint64_t m_barriers = 0;
};

using PipelineKey =
    std::tuple<const Shader*, Precision, std::vector<uint32_t>, std::vector<Access>>;

PipelineKey pipelineOf(const Dispatch& dispatch)
{
    std::vector<Access> kinds;
    for (const Binding& binding : dispatch.bindings)
        kinds.push_back(binding.access == Access::Write ? Access::Read : binding.access);
    return {dispatch.shader, dispatch.precision, dispatch.constants, kinds};
}

void addBytes(Work& work, const std::vector<Binding>& bindings)
{
    for (const Binding& binding : bindings) {
        if (binding.memory != Memory::Weights) // counted once a layer
            (binding.access == Access::Write ? work.bytesWritten : work.bytesRead) += binding.bytes;
        if (binding.memory == Memory::Sums)
            work.sumBytes = std::max(work.sumBytes, binding.offset + binding.bytes);
    }
}

bool anyRuns(const Plan& plan, const Module& module)
{
    return std::any_of(module.nodes.begin(), module.nodes.end(), [&](NodeId node) {
        return std::find(plan.order.begin(), plan.order.end(), node) != plan.order.end();
    });
}

} // namespace

Work work(const Graph& graph, const Plan& plan, const WeightLayout& weights)
{
    Work result{.weightBytes = weights.total, .arenaBytes = plan.arenaBytes};
    Flow flow;
    std::set<PipelineKey> pipelines;
    for (const Module& module : graph.modules()) {
        if (module.nodes.front() == graph.input() || !anyRuns(plan, module))
            continue;
        ++result.commandBuffers;
        flow.begin();
        for (const NodeId node : module.nodes) {
            if (plan.isFree(graph, node))
                continue;
            if (plan.slots[node].clearFirst) {
                const Slot& root = plan.slots[plan.slots[node].root];
                const std::vector<Binding> cleared{
                    {Memory::Arena, Access::Write, root.offset, root.layout.batchBytes()}};
                ++result.fills;
                flow.use(cleared);
                addBytes(result, cleared);
            }
            for (const Dispatch& dispatch : dispatches(graph, plan, weights.layers, node)) {
                ++result.dispatches;
                flow.use(dispatch.bindings);
                addBytes(result, dispatch.bindings);
                pipelines.insert(pipelineOf(dispatch));
                result.macs += dispatch.macs;
            }
            result.bytesRead += weights.bytes[node];
        }
    }
    result.barriers = flow.barriers();
    result.pipelines = pipelines.size();
    return result;
}

} // namespace inceptoscope
