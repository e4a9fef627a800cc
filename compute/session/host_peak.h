#pragma once

namespace inceptoscope {

/// Measured rate of the processor's float32 multiply-adds, all threads together, 2 operations
/// each: the widest vectors that it has (AVX-512, AVX2 with FMA, else what the compiler makes of
/// four floats).
struct HostPeak
{
    double gflops = 0; ///< the best attempt
    double spread = 0; ///< 0..1: what the worst fell short of it
};

[[nodiscard]] HostPeak measureHostPeak();

} // namespace inceptoscope
