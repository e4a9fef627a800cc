#include "session/loop_trial.h"

#include "session/choose_forms.h"
#include "session/tuner.h"
#include "vulkan/physical_device.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace inceptoscope {

namespace {

constexpr const char* key = "sums of products";

/// Mesa's series that were measured (kernels/README.md): nothing for others.
std::optional<bool> proven(const DeviceInfo& device)
{
    const size_t at = device.driver.find("Mesa ");
    const auto mesa =
        at == std::string::npos ? std::nullopt : mesaVersion(device.driver.substr(at));
    if (!mesa)
        return std::nullopt;
    if (*mesa == MesaVersion{22, 3} || *mesa == MesaVersion{25, 0})
        return false;
    if (*mesa == MesaVersion{26, 1})
        return true;
    return std::nullopt;
}

bool remembered(Device& device)
{
    if (const auto known = proven(device.info()))
        return *known;
    TunedForms forms = readTunedForms(device);
    if (const auto known = forms.find(key); known != forms.end())
        return known->second == ConvForm::Loop;
    const bool pays = measureLoops(device);
    forms[key] = pays ? ConvForm::Loop : ConvForm::Direct;
    writeTunedForms(device, forms);
    return pays;
}

} // namespace

bool measureLoops(Device& device)
{
    // The shortest chunk, nine steps: it compiles soonest, and a layer of that length gains nothing
    // from a loop: 1.2 to 1.6 times as long it takes with good ones, 4 to 50 times with bad ones.
    constexpr double bad = 2.5;
    const Conv2d op{.outChannels = 64, .kernel = {1, 1}};
    const Shape in{36, 48, 48};
    const auto milliseconds = [&](ConvForm form) {
        return formMilliseconds(device, op, in, Precision::Fp32, form);
    };
    const double straight = milliseconds(ConvForm::Direct);
    return milliseconds(ConvForm::Loop) < bad * straight;
}

bool loopsPay(Device& device)
{
    if (familyOf(device) != DeviceFamily::Simd || device.info().timestampNanoseconds <= 0)
        return false;
    // Where nothing can be kept for the next start, at least for the next session.
    static std::mutex mutex;
    static std::map<std::string, bool> answers;
    const std::lock_guard lock(mutex);
    const std::string name = device.info().name + ", " + device.info().driver;
    const auto known = answers.find(name);
    return known != answers.end() ? known->second
                                  : answers.emplace(name, remembered(device)).first->second;
}

} // namespace inceptoscope
