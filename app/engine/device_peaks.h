#pragma once

namespace inceptoscope {

class Device;

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

/// The better of each, with its spread.
[[nodiscard]] DevicePeaks best(const DevicePeaks& a, const DevicePeaks& b);

/// As measurePeaks() does it, and throws.
[[nodiscard]] DevicePeaks measureDevicePeaks(Device& device);

} // namespace inceptoscope
