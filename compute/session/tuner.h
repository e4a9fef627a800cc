#pragma once

#include "kernels/conv_forms.h"
#include "vulkan/device.h"

#include "graph/graph.h"

#include <functional>
#include <string>
#include <vector>

namespace inceptoscope {

/// What a form of a convolution took on the device, at best of a few runs.
struct FormTime
{
    ConvForm form = ConvForm::Direct;
    double milliseconds = 0;
};

struct TunedLayer
{
    std::string key;             ///< layerKey()
    std::vector<FormTime> times; ///< of the candidates, the table's choice first
    ConvForm best = ConvForm::Direct;
};

/// A convolution's time on the device in one form, at best of a few runs.
[[nodiscard]] double formMilliseconds(
    Device& device, const Conv2d& op, const Shape& in, Precision precision, ConvForm form);

/// Measures the candidate forms of every distinct convolution of the graph that `known` doesn't
/// have: a fraction of a second a network, plus what the driver takes to compile. The table's
/// choice stays unless another form is faster by more than the clock can be wrong by (3 %).
/// `progress` gets 0..1 and may return false to stop (throws Error(Cancelled)).
/// `measured` gets each layer as soon as it is. Throws Error(Unsupported) for a device without
/// timestamps.
[[nodiscard]] std::vector<TunedLayer> tune(
    Device& device, const Graph& graph, Precision precision, const TunedForms& known = {},
    const std::function<bool(double)>& progress = {},
    const std::function<void(const TunedLayer&)>& measured = {});

/// The forms measured on this device before; none where driver or shaders are others than then.
[[nodiscard]] TunedForms readTunedForms(const Device& device);

/// Keeps them in the cache folder, for later sessions. Throws Error(Io) where that can't be.
void keepTunedForms(const Device& device, const TunedForms& forms);
/// The same without a word: for who needs them only now.
void writeTunedForms(const Device& device, const TunedForms& forms) noexcept;

} // namespace inceptoscope
