#include "session/compile_ahead.h"

#include "session/choose_forms.h"
#include "session/memory.h"
#include "vulkan/recorder.h"

#include <algorithm>
#include <memory>

namespace inceptoscope {

namespace {

/// Steps of straight-line code that are worth a second device: some tenths of a second.
constexpr uint32_t longCode = 20;

/// Steps of straight-line code; 0 for other shaders.
uint32_t codeOf(const Dispatch& dispatch)
{
    return dispatch.shader == &shaders::conv2d ? dispatch.constants.at(1) : 0;
}

void compile(const Device& device, std::vector<Dispatch> dispatches)
{
    DeviceMemory memory(device);
    // No power of two: Mesa 22.3 compiles another variant for buffers that are.
    const uint64_t some = bindableBytes(5000);
    Recorder recorder(device);
    for (Dispatch& dispatch : dispatches) {
        for (Binding& binding : dispatch.bindings) {
            binding.offset = 0;
            binding.bytes = some;
            (void)memory.require(binding.memory, some);
        }
    }
    recorder.begin();
    for (const Dispatch& dispatch : dispatches)
        memory.record(recorder, dispatch);
    recorder.end();
    const VkCommandBuffer commands = recorder.commands();
    Submitter(device).run({&commands, 1}, "compiling the shaders");
}

} // namespace

CompileAhead::CompileAhead(const Device& device, std::vector<Dispatch> dispatches)
{
    if (dispatches.empty())
        return;
    m_thread = std::thread([&device, dispatches = std::move(dispatches)] {
        try {
            const std::unique_ptr<Device> twin = device.another();
            compile(*twin, dispatches);
        } catch (const std::exception&) {
            return; // then the first device compiles them
        }
    });
}

void CompileAhead::wait()
{
    if (m_thread.joinable())
        m_thread.join();
}

CompileSplit splitForCompiling(const Device& device, const std::vector<Dispatch>& dispatches)
{
    CompileSplit split;
    const auto isLong = [](const Dispatch& d) { return codeOf(d) >= longCode; };
    const bool useful = familyOf(device) == DeviceFamily::Simd &&
                        std::thread::hardware_concurrency() > 1 &&
                        std::count_if(dispatches.begin(), dispatches.end(), isLong) > 1;
    std::vector<const Dispatch*> order;
    order.reserve(dispatches.size());
    for (const Dispatch& dispatch : dispatches)
        order.push_back(&dispatch);
    // The longest first, each to who has less to do.
    std::stable_sort(order.begin(), order.end(), [](const Dispatch* a, const Dispatch* b) {
        return codeOf(*a) > codeOf(*b);
    });
    uint32_t here = 0;
    uint32_t ahead = 0;
    for (const Dispatch* dispatch : order) {
        const bool goes = useful && isLong(*dispatch) && ahead <= here;
        (goes ? ahead : here) += codeOf(*dispatch);
        (goes ? split.ahead : split.here).push_back(*dispatch);
    }
    return split;
}

} // namespace inceptoscope
