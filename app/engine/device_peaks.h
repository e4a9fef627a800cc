#pragma once

namespace inceptoscope {

class Device;
struct Peaks;

/// What the device can do at best, see session/peaks.h; spreads as shares of the best, 0..1.
struct DevicePeaks
{
    double fmaGflops = 0; ///< 0: not measured
    double fmaSpread = 0;
    double readGBs = 0;
    double readSpread = 0;
    double copyGBs = 0;
    double hostFmaGflops = 0; ///< of the processor, where the device is one; else 0
};

[[nodiscard]] DevicePeaks devicePeaks(const Peaks& peaks);

/// As measurePeaks() does it, and throws.
[[nodiscard]] DevicePeaks measureDevicePeaks(Device& device);

} // namespace inceptoscope
