#pragma once

#include "vulkan/device.h"

namespace inceptoscope {

/// What a device can do at best, measured by small kernels of our own. Rates are those of the
/// best of several attempts; a spread is what the worst attempt fell short of that, as a share
/// (0..1): on a shared machine it is large, and the best is what counts.
struct Peaks
{
    double fmaGflops = 0; ///< float32 multiply-adds as shaders do them, 2 operations each
    double fmaSpread = 0;
    double halfGflops = 0; ///< the same in half precision; 0 where the device hasn't got it
    double halfSpread = 0;
    double readGBs = 0; ///< 1e9 bytes a second, read in order, far more than caches hold
    double readSpread = 0;
    double copyGBs = 0; ///< the same, bytes read and bytes written
    double copySpread = 0;
    /// For a device that is the CPU: the processor's own peak with all threads and its widest
    /// fused multiply-adds, which a driver needn't reach. Else 0.
    double hostFmaGflops = 0;
    double hostFmaSpread = 0;
    double hostHandoverNs = 0; ///< between two cores: see measureHandover(); else 0

    /// What "share of the peak" refers to: the processor's own peak where the device is the CPU,
    /// as the stricter of the two, else the shaders'.
    [[nodiscard]] double referenceGflops() const
    {
        return hostFmaGflops > fmaGflops ? hostFmaGflops : fmaGflops;
    }
    /// GFLOP/s that `flopsPerByte` allows at most (Williams et al. 2009, the roofline).
    [[nodiscard]] double roofGflops(double flopsPerByte) const
    {
        const double memory = flopsPerByte * readGBs;
        return memory < fmaGflops ? memory : fmaGflops;
    }
};

/// The better of each, with its spread.
[[nodiscard]] Peaks best(const Peaks& a, const Peaks& b);

/// Takes about half a second and, for that time, up to 128 MiB on a CPU, 512 MiB elsewhere.
/// Throws Error(OutOfMemory), Error(DeviceLost).
[[nodiscard]] Peaks measurePeaks(Device& device);

} // namespace inceptoscope
