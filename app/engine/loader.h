#pragma once

#include "engine/live_pipeline.h"
#include "engine/run_snapshot.h"
#include "engine/run_times.h"
#include "session/session.h"
#include "vulkan/device.h"
#include "vulkan/pipeline.h"

#include <functional>
#include <list>
#include <optional>
#include <string>

namespace inceptoscope {

/// A network with its weights, and the session that runs it while there is one.
struct Loaded
{
    std::string id;      ///< what was asked for
    std::string spec;    ///< likewise, of the weights
    std::string version; ///< of the weights' file: another one once somebody has written it anew
    std::shared_ptr<const Network> network;
    std::shared_ptr<const ClassLabels> labels;
    std::shared_ptr<const ClassLabels> ownLabels; ///< those that come with the weights
    WeightsState state;
    bool hasAuxiliary = false;          ///< the weights include the auxiliary heads
    bool auxiliary = false;             ///< the session runs them
    RunTimes times;                     ///< of the session's runs
    std::unique_ptr<Session> session;   ///< goes before what it was made from
    std::unique_ptr<LivePipeline> live; ///< of the session, while pictures are live

    [[nodiscard]] explicit operator bool() const { return network != nullptr; }
};

/// Errors for tests, each reported as if the driver had: INCEPTOSCOPE_FAULT=no_device (every
/// time), out_of_memory (the first session that is made), device_lost (the first run),
/// small_device (a device with 16 MiB that offers no fp16).
class Faults
{
public:
    Faults();
    void atDevice() const;
    [[nodiscard]] DeviceLimits deviceLimits() const;
    void atSession();
    void atRun();

private:
    std::string m_fault;
};

/// Owns the device and the network that is loaded on it, and survives the loss of either.
class Loader
{
public:
    /// Text and fraction 0..1, negative where unknown; false cancels.
    using Progress = std::function<bool(const QString& what, double fraction)>;

    explicit Loader(std::string deviceSpec)
        : m_deviceSpec(std::move(deviceSpec))
    {
    }

    /// Opens the device unless it is open. Throws Error(NoDevice | Usage | Unsupported).
    void ensureDevice();
    /// Makes `id` with these weights the loaded network: one that was used before and is kept, or
    /// from the file. Weights are on the device then and nowhere else. Whatever it throws, the
    /// network that was loaded before still is, though its session may have been given up for want
    /// of memory.
    void open(const std::string& id, const std::string& weights, const Progress& progress);
    /// Makes the session of the loaded network unless it is there, as setAuxiliary() wants it.
    void ensureSession(const Progress& progress);
    /// Whether to run the auxiliary heads, where the weights have them. Throws Error(BadInput)
    /// when those that are loaded don't.
    void setAuxiliary(bool on);
    /// Names the loaded network's classes by a file, until weights are opened the next time.
    /// Throws Error(Io | BadInput), and the names stay.
    void setLabels(const QString& path);
    /// Gives up the networks that were used before.
    void dropKept() { m_kept.clear(); }
    /// Gives up sessions for what needs their memory; ensureSession() brings the loaded network's
    /// back.
    void dropSession()
    {
        dropKept();
        m_loaded.live.reset();
        m_loaded.session.reset();
    }
    /// Bytes on the device that networks used before may take; none: the usual share.
    void setKeptMemory(std::optional<uint64_t> bytes);
    [[nodiscard]] MemoryState memory() const;
    /// After Error(DeviceLost): gives up everything on the device; the next request makes it anew.
    void dropDevice();

    [[nodiscard]] Loaded& loaded() { return m_loaded; }
    /// Only after ensureDevice().
    [[nodiscard]] Device& device() { return *m_device; }
    /// Of all studies on the device: their sessions come and go, and much of them is alike.
    [[nodiscard]] Pipelines& studyPipelines();
    [[nodiscard]] QString deviceName() const { return m_deviceName; }
    [[nodiscard]] Faults& faults() { return m_faults; }

private:
    /// A session of `into`, after others have made room where the device has too little.
    void makeSession(Loaded& into, const TensorSource& weights, const Progress& progress);
    void tryMakeSession(Loaded& into, const TensorSource& weights, const Progress& progress);
    /// Takes the network out of those that are kept; none where it isn't there as it is wanted.
    [[nodiscard]] std::optional<Loaded> takeKept(const Loaded& wanted);
    /// The loaded network steps back.
    void keep();
    void keepWithinBudget();
    [[nodiscard]] uint64_t keptBytes() const;

    std::string m_deviceSpec;
    QString m_deviceName;
    Faults m_faults;
    bool m_auxiliary = false;
    std::optional<Instance> m_instance;
    std::optional<Device> m_device;
    std::optional<Pipelines> m_studyPipelines; ///< go before the device
    std::optional<uint64_t> m_keptMemory;
    uint64_t m_usualKeptMemory = 0;
    std::list<Loaded> m_kept; ///< the one used last comes first
    Loaded m_loaded;
};

/// "llvmpipe (LLVM 15.0.6, 256 bits), Vulkan 1.3.230, cpu"
[[nodiscard]] QString describeDevice(const DeviceInfo& info);

[[nodiscard]] WeightsState weightsState(const std::string& spec);

} // namespace inceptoscope
