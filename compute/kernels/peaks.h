#pragma once

#include "kernels/dispatch.h"

namespace inceptoscope {

/// A dispatch that does a known amount of one thing, to measure what a device can do.
struct PeakDispatch
{
    Dispatch dispatch;
    double amount = 0; ///< floating-point operations, or bytes read and written
};

/// Multiplies and adds (two operations) in independent chains. Writes 4 bytes an invocation to
/// the start of Memory::Scratch; see peakResultBytes().
[[nodiscard]] PeakDispatch arithmeticPeak(Precision precision, uint32_t groups);

/// Reads `bytes` (a multiple of readPieceBytes) of Memory::Arena from `offset` on, and writes next
/// to nothing to Memory::Scratch at `result`, peakResultBytes() of the dispatch.
[[nodiscard]] PeakDispatch readPeak(uint64_t offset, uint64_t bytes, uint64_t result);

/// Copies `bytes` (a multiple of readPieceBytes) within Memory::Arena.
[[nodiscard]] PeakDispatch copyPeak(uint64_t from, uint64_t to, uint64_t bytes);

/// Bytes of Memory::Scratch that a dispatch writes with one float an invocation.
[[nodiscard]] uint64_t peakResultBytes(const Dispatch& dispatch);

/// What one workgroup reads.
inline constexpr uint64_t readPieceBytes = uint64_t(groupWidth) * 64 * 16;

} // namespace inceptoscope
