#pragma once

#include "support/test_device.h"
#include "vulkan/device.h"
#include "vulkan/vector_width.h"

#include <QtTest>

namespace inceptoscope {

/// What ctest's entry leaves of the device.
inline DeviceLimits testDeviceLimits()
{
    const QByteArray name = testDeviceName();
    if (name == "narrow")
        return {.wideStores = false};
    if (name == "phone")
        return {
            .storageBufferRange = uint64_t(128) << 20U,
            .texelBufferElements = 65536,
            .workgroupInvocations = 128,
            .sharedBytes = 16384,
            .fp16 = false,
            .timestamps = false,
            .hostMemory = false};
    return {};
}

/// The device of a kernel test (test_device.h says which), with validation and synchronisation
/// validation on. Any message of the layers fails the test that calls noMessages(), which each
/// test's cleanup() does.
class Gpu
{
public:
    Gpu()
        : m_instance(asTheProgram({.validation = true}))
        , m_device(m_instance, {}, testDeviceLimits())
    {
    }

    [[nodiscard]] Device& device() { return m_device; }
    [[nodiscard]] const Instance& instance() const { return m_instance; }

    /// False, with the messages printed, where the layers had something to say since last time.
    [[nodiscard]] bool noMessages()
    {
        const std::vector<std::string> all = m_instance.validationMessages();
        for (size_t i = m_seen; i < all.size(); ++i)
            qWarning("validation: %s", all[i].c_str());
        const bool clean = all.size() == m_seen;
        m_seen = all.size();
        return clean;
    }

private:
    /// What main() does before it makes an instance.
    static const InstanceOptions& asTheProgram(const InstanceOptions& options)
    {
        preferWideVectors();
        return options;
    }

    Instance m_instance;
    Device m_device;
    size_t m_seen = 0;
};

} // namespace inceptoscope
