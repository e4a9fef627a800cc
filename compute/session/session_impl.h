#pragma once

#include "session/memory.h"
#include "session/packed_weights.h"
#include "session/session.h"

#include <memory>

namespace inceptoscope {

/// A pool of `count` timestamps.
[[nodiscard]] Handle<VkQueryPool, vkDestroyQueryPool>
makeQueries(const Device& device, uint32_t count);

/// What the preprocessing kernel takes, from a network's definition.
[[nodiscard]] PreprocessOptions preprocessOptions(const Preprocessing& preprocessing);

/// Members in the order in which they depend on each other.
struct Session::Impl
{
    Impl(
        Device& theDevice, const Graph& theGraph, const TensorSource& source,
        const SessionOptions& theOptions, const Progress& progress);

    /// Allocates the weights' memory, which fixes the addresses that commands hold.
    void placeWeights();
    void warmPipelines();
    void recordModules();
    void recordModule(ModuleId id);
    /// The ops of a module; `timed`: one after the other, between timestamps.
    void recordNodes(Recorder& r, ModuleId id, bool timed);
    void runModule(ModuleId id);
    void run();
    void readTimes(ModuleId id);
    /// Uploads a tensor that the caller gives; `what` needs it.
    void setTensor(NodeId id, std::span<const float> chw, const std::string& what);
    [[nodiscard]] std::vector<float>
    read(NodeId id, uint32_t picture, uint32_t firstChannel, uint32_t channels);
    [[nodiscard]] std::vector<float> readAll(NodeId id);
    void requirePicture(NodeId id, uint32_t picture) const;
    [[nodiscard]] std::vector<FeatureMapAtlas>
    renderFeatureMaps(std::span<const FeatureMapRequest> requests, const FeatureMapStyle& style);
    /// Records, submits and waits.
    void transient(const std::string& what, const std::function<void(Recorder&)>& record);
    [[nodiscard]] uint32_t runBegin() const { return queryCount - 2; }

    Device& device;
    const Graph graph; ///< a copy: nobody has to outlive the session
    SessionOptions options;
    Plan plan;
    WeightLayout weights;
    DeviceMemory memory;
    Recorder transfer;
    Submitter submitter;
    Handle<VkQueryPool, vkDestroyQueryPool> queries;
    uint32_t queryCount = 0;
    std::vector<ModuleId> order;
    std::vector<std::unique_ptr<Recorder>> recorders; ///< as `order`
    std::vector<double> times;                        ///< milliseconds by NodeId
    double runSeconds = 0;
    bool warm = false;
};

} // namespace inceptoscope
