#pragma once

#include "graph/graph.h"
#include "kernels/dispatch.h"
#include "kernels/preprocess.h"
#include "plan/plan.h"
#include "session/feature_maps.h"
#include "weights/tensor_source.h"
#include "zoo/network.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace inceptoscope {

class Pipelines;

struct SessionOptions
{
    bool auxiliary = false;                ///< also run the auxiliary heads
    Keep keep = Keep::Everything;          ///< memory policy; only Everything lets any node be read
    std::vector<NodeId> taps = {};         ///< kept readable under Keep::Taps
    bool timeOps = true;                   ///< a barrier and timestamps around each op
    Precision precision = Precision::Fp32; ///< of weights and activations as they are stored
    /// Forces a form on every convolution that it fits; without, what is faster on the device.
    std::optional<ConvForm> convForm = std::nullopt;
    /// Measure the forms of layers that this device hasn't run yet, and remember what was faster;
    /// unset: on a GPU; a processor takes too long, and for llvmpipe the table was measured
    /// already.
    std::optional<bool> autotune = std::nullopt;
    std::string network = "the network"; ///< what messages call it
    /// Those that sessions of this device share, one after the other or at once: what one compiled
    /// the next has. They outlive the session. Null: its own.
    Pipelines* pipelines = nullptr;
};

/// Eight-bit RGBA rows, top to bottom, `stride` bytes apart; alpha is ignored.
struct ImageView
{
    const uint8_t* rgba = nullptr;
    uint32_t width = 0;
    uint32_t height = 0;
    size_t stride = 0;
};

/// The part of a picture that setImage() makes the input tensor from, in picture pixels.
[[nodiscard]] inline CropRect
seenRect(const Preprocessing& preprocessing, const Shape& input, uint32_t width, uint32_t height)
{
    return centreCrop(width, height, preprocessing.resize, input.w, input.h);
}

class Device;
class LiveFrame;

/// One network with its weights on one device, ready to run any number of times: weights are
/// uploaded and commands recorded when it is made. Not thread-safe; belongs to one thread.
/// Throws Error(BadInput) for weights that don't fit, Error(OutOfMemory) before anything is
/// allocated where the device is too small, Error(Unsupported) for fp16 where the device doesn't
/// offer it (DeviceInfo::fp16Storage), Error(DeviceLost) from any call that submits.
class Session
{
public:
    /// Told how far making the session is: 0..1. Return false to cancel (throws Cancelled).
    using Progress = std::function<bool(double)>;

    Session(
        Device& device, const Graph& graph, const TensorSource& weights,
        const SessionOptions& options = {}, const Progress& progress = {});
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Float32 [C,H,W], of a batch [N,C,H,W], fed as it is.
    void setInput(std::span<const float> chw);
    /// The same of a tensor that the graph leaves to the caller (Given): a loss's target, the
    /// derivative that a backward pass starts from. It stays until it is set anew.
    void setGiven(NodeId id, std::span<const float> chw);
    /// Resized, cropped and normalised on the device; as one picture of the batch. Throws
    /// Error(Usage) for a picture that the batch doesn't have.
    void setImage(const ImageView& image, const Preprocessing& preprocessing, uint32_t picture = 0);

    /// Modules in execution order (auxiliary ones only when asked for), the input left out.
    [[nodiscard]] const std::vector<ModuleId>& modules() const;
    /// Runs one module and waits for it. Modules must run in the order of modules().
    void runModule(ModuleId id);
    /// Runs everything in one submission per module and waits for the last.
    void run();
    /// Seconds of the last run(), first op to last, by the device's timestamps (by the host's
    /// clock where it has none).
    [[nodiscard]] double lastRunSeconds() const;

    /// A driver may compile at a pipeline's first use, so the first run's times mean nothing:
    /// false until one run is complete, and times are negative until a run after that.
    [[nodiscard]] bool warm() const;
    /// Milliseconds of a node in the last run; 0 for what costs nothing (input, free
    /// concatenation), negative while unknown. Only with timeOps.
    [[nodiscard]] double milliseconds(NodeId id) const;

    /// A node's result as float32 [C,H,W], of a batch [N,C,H,W]. Throws Error(Usage) for one that
    /// isn't kept, Error(Unsupported) for one with values beyond what fp16 holds.
    [[nodiscard]] std::vector<float> read(NodeId id);
    /// One channel [H,W] of one picture.
    [[nodiscard]] std::vector<float> readChannel(NodeId id, uint32_t channel, uint32_t picture = 0);
    [[nodiscard]] bool readable(NodeId id) const;

    /// Pictures of feature maps, made on the device; of a batch those of its first picture.
    [[nodiscard]] std::vector<FeatureMapAtlas>
    renderFeatureMaps(std::span<const FeatureMapRequest> requests, const FeatureMapStyle& style);

    /// For one picture after another (of a batch the first); see live_frame.h. The session must
    /// outlive it.
    [[nodiscard]] std::unique_ptr<LiveFrame> makeLiveFrame(
        uint32_t width, uint32_t height, const Preprocessing& preprocessing,
        std::vector<NodeId> values);

    [[nodiscard]] const Plan& plan() const;
    [[nodiscard]] uint64_t weightBytes() const;          ///< on the device, packed
    [[nodiscard]] uint64_t weightBytes(NodeId id) const; ///< of one layer; else 0
    [[nodiscard]] uint64_t activationBytes() const;      ///< the arena
    [[nodiscard]] uint64_t deviceBytes() const;          ///< everything that is allocated now

private:
    friend class LiveFrame;
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace inceptoscope
