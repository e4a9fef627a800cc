// A session's insides: its memory, its commands, its runs.
#include "session/session_impl.h"

#include "error.h"
#include "session/choose_forms.h"
#include "session/compile_ahead.h"
#include "session/memory_needs.h"
#include "session/node_dispatches.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace inceptoscope {

namespace {

/// What was freed goes back to the system at once, so that it doesn't add up with the weights.
void releaseFreeMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace

Handle<VkQueryPool, vkDestroyQueryPool> makeQueries(const Device& device, uint32_t count)
{
    const VkQueryPoolCreateInfo info{
        .sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO,
        .pNext = nullptr,
        .flags = 0,
        .queryType = VK_QUERY_TYPE_TIMESTAMP,
        .queryCount = count,
        .pipelineStatistics = 0};
    VkQueryPool pool = VK_NULL_HANDLE;
    check(vkCreateQueryPool(device.handle(), &info, nullptr, &pool), "creating timestamp queries");
    return {device.handle(), pool};
}

PreprocessOptions preprocessOptions(const Preprocessing& preprocessing)
{
    PreprocessOptions options{
        .resize = preprocessing.resize, .bgr = preprocessing.order == ChannelOrder::Bgr};
    for (size_t c = 0; c < 3; ++c) {
        options.gain[c] = preprocessing.range * preprocessing.scale[c];
        options.offset[c] = -preprocessing.mean[c] * preprocessing.scale[c];
    }
    return options;
}

Session::Impl::Impl(
    Device& theDevice, const Graph& theGraph, const TensorSource& source,
    const SessionOptions& theOptions, const Progress& progress)
    : device(theDevice)
    , graph(theGraph)
    , options(theOptions)
    , plan(inceptoscope::plan(
          graph, {.keep = options.keep,
                  .taps = options.taps,
                  .fuseSums = fusesSums(device, options),
                  .auxiliary = options.auxiliary,
                  .alignment = device.info().bindingAlignment,
                  .precision = options.precision}))
    , weights(chooseForms(device, graph, plan, options, progress))
    , memory(device, options.pipelines)
    , transfer(device)
    , submitter(device)
{
    requirePrecision(options.precision, device.info());
    requireFloats(graph, options.precision);
    requireRoom(graph, plan, weights, device.info(), device.availableBytes(), options.network);
    queryCount = graph.size() * 2 + 2;
    if (device.info().timestampNanoseconds > 0)
        queries = makeQueries(device, queryCount);
    times.assign(graph.size(), -1.0);
    for (NodeId id = 0; id < graph.size(); ++id)
        if (plan.isFree(graph, id))
            times[id] = 0;

    Buffer& arena = memory.require(Memory::Arena, plan.arenaBytes);
    memory.require(Memory::Sums, memoryNeeds(graph, plan, weights).sums);
    placeWeights();
    recordModules();
    warmPipelines();
    releaseFreeMemory();
    transient("clearing the activations", [&](Recorder& r) {
        r.fillZero({&arena, 0, arena.size()});
    });
    uploadWeights(
        graph, plan, source, weights, memory, transfer, submitter,
        autotunes(device, options) ? half(progress, 0.5) : progress);
    releaseFreeMemory();
}

void Session::Impl::placeWeights()
{
    const uint64_t address = memory.require(Memory::Weights, weights.total).address();
    for (PlacedWeights& layer : weights.layers)
        layer.address = address + layer.offset;
}

/// Drivers may compile at a pipeline's first use, with far more memory than they keep: one
/// workgroup of each, while the weights' memory is still empty, on zeros in their place.
void Session::Impl::warmPipelines()
{
    std::set<std::tuple<const Shader*, Precision, std::vector<uint32_t>>> seen;
    std::vector<Dispatch> first;
    std::vector<Pipeline*> compiling;
    Buffer& buffer = memory.at(Memory::Weights);
    transient("clearing the first weights", [&](Recorder& r) {
        for (const NodeId id : plan.order) {
            for (Dispatch& dispatch : dispatches(graph, plan, weights.layers, id)) {
                if (!seen.emplace(dispatch.shader, dispatch.precision, dispatch.constants).second)
                    continue;
                Pipeline& pipeline = memory.pipeline(dispatch);
                if (pipeline.compiled)
                    continue; // by another session
                compiling.push_back(&pipeline);
                if (weights.bytes[id] > 0)
                    r.fillZero({&buffer, weights.layers[id].offset, weights.bytes[id]});
                dispatch.groups = {1, 1, 1};
                first.push_back(std::move(dispatch));
            }
        }
    });
    CompileSplit split = splitForCompiling(device, first);
    const auto compile = [&](const std::vector<Dispatch>& dispatches) {
        transient("compiling the shaders", [&](Recorder& r) {
            r.barrier(); // addresses in push constants aren't seen by the recorder
            for (const Dispatch& dispatch : dispatches)
                memory.record(r, dispatch);
        });
    };
    CompileAhead ahead(device, split.ahead);
    compile(split.here);
    ahead.wait();
    if (!split.ahead.empty())
        compile(split.ahead);
    for (Pipeline* pipeline : compiling)
        pipeline->compiled = true;
}

void Session::Impl::recordModules()
{
    for (ModuleId id = 0; id < graph.modules().size(); ++id) {
        const Module& module = graph.modules()[id];
        const bool runs = options.auxiliary || module.kind != ModuleKind::Auxiliary;
        if (runs && module.nodes.front() != graph.input())
            order.push_back(id);
    }
    for (const ModuleId id : order)
        recordModule(id);
}

void Session::Impl::transient(const std::string& what, const std::function<void(Recorder&)>& record)
{
    transfer.begin();
    record(transfer);
    transfer.end();
    const VkCommandBuffer commands = transfer.commands();
    submitter.run({&commands, 1}, what);
}

void Session::Impl::recordModule(ModuleId id)
{
    recorders.push_back(std::make_unique<Recorder>(device));
    Recorder& r = *recorders.back();
    const Module& module = graph.modules()[id];
    const VkQueryPool pool = queries.get();
    const bool timed = pool != VK_NULL_HANDLE;
    r.begin();
    if (timed && options.timeOps)
        r.resetQueries(pool, module.nodes.front() * 2, uint32_t(module.nodes.size()) * 2);
    if (timed && id == order.front()) {
        r.resetQueries(pool, runBegin(), 2);
        r.timestamp(pool, runBegin());
    }
    recordNodes(r, id, timed && options.timeOps);
    if (timed && id == order.back())
        r.timestamp(pool, runBegin() + 1);
    r.end();
}

void Session::Impl::recordNodes(Recorder& r, ModuleId id, bool timed)
{
    const VkQueryPool pool = queries.get();
    for (const NodeId node : graph.modules()[id].nodes) {
        if (plan.isFree(graph, node))
            continue;
        if (plan.slots[node].clearFirst) {
            const NodeId root = plan.slots[node].root;
            r.fillZero(
                {&memory.at(Memory::Arena), plan.slots[root].offset,
                 plan.slots[root].layout.batchBytes()});
        }
        if (timed) {
            r.barrier();
            r.timestamp(pool, node * 2);
        }
        for (const Dispatch& dispatch : dispatches(graph, plan, weights.layers, node))
            memory.record(r, dispatch);
        if (timed) {
            r.barrier();
            r.timestamp(pool, node * 2 + 1);
        }
    }
}

void Session::Impl::readTimes(ModuleId id)
{
    if (!options.timeOps || !queries)
        return;
    for (const NodeId node : graph.modules()[id].nodes) {
        if (plan.isFree(graph, node))
            continue;
        std::array<uint64_t, 2> stamps{};
        check(
            vkGetQueryPoolResults(
                device.handle(), queries.get(), node * 2, 2, sizeof stamps, stamps.data(),
                sizeof(uint64_t), VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WAIT_BIT),
            "reading timestamps");
        times[node] = warm ? device.nanoseconds(stamps[0], stamps[1]) / 1e6 : -1.0;
    }
}

void Session::Impl::runModule(ModuleId id)
{
    const auto it = std::find(order.begin(), order.end(), id);
    if (it == order.end())
        throw Error(
            ErrorKind::Usage, "session: module " + std::to_string(id) + " doesn't run here");
    const VkCommandBuffer commands = recorders[size_t(it - order.begin())]->commands();
    submitter.run({&commands, 1}, "running " + graph.modules()[id].name);
    readTimes(id);
    if (id == order.back())
        warm = true;
}

void Session::Impl::run()
{
    std::vector<VkCommandBuffer> commands;
    commands.reserve(recorders.size());
    for (const auto& recorder : recorders)
        commands.push_back(recorder->commands());
    const auto begin = std::chrono::steady_clock::now();
    submitter.run(commands, "running the network");
    const auto end = std::chrono::steady_clock::now();
    runSeconds = std::chrono::duration<double>(end - begin).count();
    if (queries) {
        std::array<uint64_t, 2> stamps{};
        check(
            vkGetQueryPoolResults(
                device.handle(), queries.get(), runBegin(), 2, sizeof stamps, stamps.data(),
                sizeof(uint64_t), VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WAIT_BIT),
            "reading timestamps");
        runSeconds = device.nanoseconds(stamps[0], stamps[1]) * 1e-9;
    }
    for (const ModuleId id : order)
        readTimes(id);
    warm = true;
}

} // namespace inceptoscope
