#include "session/memory_needs.h"

#include "error.h"
#include "session/node_dispatches.h"
#include "vulkan/handle.h"

#include <algorithm>

namespace inceptoscope {

namespace {

/// What a person can do about a device that is too small.
std::string remedy(uint32_t batch, Precision precision, const DeviceInfo& device)
{
    const bool halves = precision == Precision::Fp32 && device.fp16Storage;
    if (batch > 1)
        return "make the batch smaller than " + std::to_string(batch) +
               " pictures or choose another device with --device";
    return std::string("choose another device with --device, ") +
           (halves ? "halve the need with --precision fp16 " : "") + "or open a smaller network";
}

/// Calls `see` with each binding of each node, of one picture: those of others are as large.
template <class See>
void forEachBinding(
    const Graph& graph, const Plan& plan, const WeightLayout& weights, const See& see)
{
    for (const NodeId id : plan.order)
        for (const Dispatch& dispatch : pictureDispatches(graph, plan, weights.layers, id, 0))
            for (const Binding& binding : dispatch.bindings)
                see(id, binding);
}

} // namespace

MemoryNeeds memoryNeeds(const Graph& graph, const Plan& plan, const WeightLayout& weights)
{
    MemoryNeeds needs{.weights = weights.total, .activations = plan.arenaBytes};
    uint64_t largest = 0;
    for (const Slot& slot : plan.slots)
        largest = std::max(largest, slot.layout.bytes());
    for (NodeId id = 0; id < graph.size(); ++id)
        if (graph[id].inputs.empty()) // what is given is uploaded as a whole
            largest = std::max(largest, plan.slots[id].layout.batchBytes());
    needs.transfers = stagingBytes(weights) + largest;
    forEachBinding(graph, plan, weights, [&](NodeId /*id*/, const Binding& binding) {
        if (binding.memory == Memory::Sums)
            needs.sums = std::max(needs.sums, binding.offset + binding.bytes);
    });
    return needs;
}

void requirePrecision(Precision precision, const DeviceInfo& device)
{
    if (precision == Precision::Fp16 && !device.fp16Storage)
        throw Error(
            ErrorKind::Unsupported,
            device.name + " can't store fp16 (it lacks the feature storageBuffer16BitAccess); use "
                          "--precision fp32 or choose another device with --device");
}

void requireFloats(const Graph& graph, Precision precision)
{
    if (precision != Precision::Fp16)
        return;
    for (const Node& node : graph.nodes())
        if (std::holds_alternative<GradientOp>(node.op))
            throw Error(
                ErrorKind::Unsupported,
                "session: gradients are computed in fp32; use --precision fp32");
}

void requireRoom(
    const Graph& graph, const Plan& plan, const WeightLayout& weights, const DeviceInfo& device,
    uint64_t available, const std::string& network)
{
    const auto require = [&](uint64_t needed, uint64_t has, const std::string& how) {
        if (needed > has)
            throw Error(
                ErrorKind::OutOfMemory,
                network + " needs " + mebibytes(needed) + how + "; " + device.name + " has " +
                    mebibytesDown(has) + "; " +
                    remedy(graph[graph.input()].shape.n, plan.precision, device));
    };
    require(memoryNeeds(graph, plan, weights).total(), available, " of free device memory");
    require(
        std::max(weights.total, plan.arenaBytes), device.maxAllocationBytes, " in one allocation");
    forEachBinding(graph, plan, weights, [&](NodeId id, const Binding& binding) {
        require(
            binding.bytes, bindableBytes(binding.access, device),
            " in one binding for " + graph[id].name);
    });
}

} // namespace inceptoscope
