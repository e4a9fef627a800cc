#pragma once

namespace inceptoscope {

/// Nanoseconds until one core sees what another wrote, the least of some attempts; 0 where there is
/// one core, or others keep both busy. Cores that share a cache take 30, those of two dies 160, and
/// a virtual machine may be moved from one to the other at any time: GoogLeNet on llvmpipe, whose
/// threads share every tensor, takes 47 ms on the former and 70 on the latter, while each core
/// alone is as fast as before.
[[nodiscard]] double measureHandover();

} // namespace inceptoscope
