#pragma once

#include "vulkan/device.h"

namespace inceptoscope {

/// Whether sums of products are better a loop than straight-line code on this device
/// (ConvForm::Loop, WinogradLoop). An invocation of llvmpipe is a lane, and its loops are good
/// where the driver knows inside them which values are the same for all lanes: Mesa does
/// since 25.1; before, a loop took four to fifty times as long. Mesa 22.3, 25.0 and 26.1 are known;
/// on others the two are measured once (measureLoops), and the answer is kept with the measured
/// forms (tuner.h) in the cache folder, for this device and driver version. False without a word
/// for other kinds of devices.
[[nodiscard]] bool loopsPay(Device& device);

/// Measures both on a small layer, for a device with timestamps: some tenths of a second, most of
/// it the driver's compiler.
[[nodiscard]] bool measureLoops(Device& device);

} // namespace inceptoscope
