#pragma once

#include "engine/run_snapshot.h"
#include "session/session.h"
#include "vulkan/device.h"

#include <functional>
#include <optional>
#include <string>

namespace inceptoscope {

/// A network with its weights, and the session that runs it while there is one.
struct Loaded
{
    std::shared_ptr<const Network> network;
    std::shared_ptr<const TensorSource> weights;
    std::shared_ptr<const ClassLabels> labels;
    WeightsState state;
    bool hasAuxiliary = false;        ///< the weights include the auxiliary heads
    bool auxiliary = false;           ///< the session runs them
    std::unique_ptr<Session> session; ///< last: goes before what it was made from

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
    /// Makes `id` with these weights the loaded network. Whatever it throws, the network that was
    /// loaded before still is, though its session may have been given up for want of memory.
    void open(const std::string& id, const std::string& weights, const Progress& progress);
    /// Makes the session of the loaded network unless it is there, as setAuxiliary() wants it.
    void ensureSession(const Progress& progress);
    /// Whether to run the auxiliary heads, where the weights have them. Throws Error(BadInput)
    /// when those that are loaded don't.
    void setAuxiliary(bool on);
    /// Gives up sessions for what needs their memory; ensureSession() brings the loaded network's
    /// back.
    void dropSession() { m_loaded.session.reset(); }
    /// After Error(DeviceLost): gives up everything on the device; the next request makes it anew.
    void dropDevice();

    [[nodiscard]] const Loaded& loaded() const { return m_loaded; }
    /// Only after ensureDevice().
    [[nodiscard]] Device& device() { return *m_device; }
    [[nodiscard]] QString deviceName() const { return m_deviceName; }
    [[nodiscard]] Faults& faults() { return m_faults; }

private:
    void makeSession(Loaded& into, const Progress& progress);

    std::string m_deviceSpec;
    QString m_deviceName;
    Faults m_faults;
    bool m_auxiliary = false;
    std::optional<Instance> m_instance;
    std::optional<Device> m_device;
    Loaded m_loaded;
};

/// "llvmpipe (LLVM 15.0.6, 256 bits), Vulkan 1.3.230, cpu"
[[nodiscard]] QString describeDevice(const DeviceInfo& info);

[[nodiscard]] WeightsState weightsState(const std::string& spec);

} // namespace inceptoscope
