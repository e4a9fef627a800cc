#pragma once

#include "kernels/conv2d.h"
#include "session/session.h"
#include "support/test_device.h"
#include "vulkan/device_info.h"

#include <algorithm>
#include <array>
#include <vector>

namespace inceptoscope {

/// A way to compute a network; every test of numbers passes for each of them.
struct Form
{
    const char* name;
    Precision precision;
    ConvForm convolutions; ///< where they can be computed so
    /// On a processor whole networks of up to so many multiply-accumulates: forms for GPUs are slow
    /// there, loops with some drivers, and each of their shapes is in the small ones too.
    uint64_t mostMacs = ~uint64_t(0);

    [[nodiscard]] bool runsOn(const DeviceInfo& device) const
    {
        return precision == Precision::Fp32 || device.fp16Storage;
    }
    /// Whether it computes anything of the graph in another way than those before it.
    [[nodiscard]] bool matters(const Graph& graph) const
    {
        if (convolutions == ConvForm::Direct)
            return true;
        for (NodeId id = 1; id < graph.size(); ++id) {
            if (graph[id].inputs.empty())
                continue;
            const Shape& in = graph[graph[id].inputs[0]].shape;
            const auto conv = asConvolution(graph[id].op, in);
            if (conv && convForm(*conv, in, precision, convolutions) == convolutions)
                return true;
        }
        return false;
    }
    [[nodiscard]] SessionOptions with(SessionOptions options) const
    {
        options.precision = precision;
        options.convForm = convolutions;
        return options;
    }
};

inline constexpr uint64_t smallest = 1'450'000'000; ///< FaceNet: modules and residual blocks
inline constexpr uint64_t small = 1'550'000'000;    ///< and googlenet_bn
inline constexpr std::array forms = {
    Form{"fp32", Precision::Fp32, ConvForm::Direct},
    Form{"fp16", Precision::Fp16, ConvForm::Direct},
    Form{"fp32 winograd", Precision::Fp32, ConvForm::Winograd},
    Form{"fp32 tiled", Precision::Fp32, ConvForm::Tiled, small},
    Form{"fp16 tiled", Precision::Fp16, ConvForm::Tiled, smallest},
    Form{"fp32 tiled small", Precision::Fp32, ConvForm::TiledSmall, smallest},
    Form{"fp32 vector", Precision::Fp32, ConvForm::Vector, small},
    Form{"fp16 vector", Precision::Fp16, ConvForm::Vector, smallest},
    Form{"fp32 loop", Precision::Fp32, ConvForm::Loop, smallest},
    Form{"fp16 loop", Precision::Fp16, ConvForm::Loop, smallest},
    Form{"fp32 winograd loop", Precision::Fp32, ConvForm::WinogradLoop, smallest},
};

/// The forms that compute the graph in ways of their own: on the machine's device each of them;
/// where a test runs once more, on another one or with sanitizers, the first and a third of the
/// rest. A test counts its `turn`s, so that each form meets many graphs there too; compiling them
/// is all that takes long.
inline std::vector<const Form*> formsFor(const Graph& graph, const DeviceInfo& device, size_t turn)
{
#ifdef __SANITIZE_ADDRESS__
    const bool again = true;
#else
    const bool again = !testDeviceName().isEmpty();
#endif
    const size_t share = again ? 3 : 1;
    std::vector<const Form*> taken;
    for (const Form& form : forms) {
        const bool wanted = &form == &forms[0] || (turn + size_t(&form - &forms[0])) % share == 0;
        if (wanted && form.matters(graph) && form.runsOn(device))
            taken.push_back(&form);
    }
    return taken;
}

} // namespace inceptoscope
