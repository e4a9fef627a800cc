#pragma once

#include "kernels/dispatch.h"

namespace inceptoscope {

/// Minimum, maximum and mean of each channel's finite values, its share of zeros, how many values
/// are NaN and infinite, and two floats unused (padded to whole texels of channels), at `offset`
/// bytes of Memory::Scratch. Without a finite value the minimum is larger than the maximum.
[[nodiscard]] Dispatch channelStatistics(const Placed& in, uint64_t offset);

/// What a channel's colours span.
struct RangeOptions
{
    bool perLayer = false;  ///< all channels share one range
    bool diverging = false; ///< [-m, m] rather than [minimum, maximum]
    /// The strongest channel that was found last stays unless another one's mean is larger by
    /// this factor: pictures of a film would flicker otherwise. 0: what was before doesn't matter.
    float keeps = 0;
};

/// Ranges (as featureMap() takes them) at `ranges` bytes of Memory::Scratch, from statistics at
/// `statistics` bytes; and the channel with the highest mean.
[[nodiscard]] Dispatch
channelRanges(const Placed& in, uint64_t statistics, uint64_t ranges, const RangeOptions& options);

/// A picture of channels [first, first + count) in rows of `columns`.
struct FeatureMapPicture
{
    uint32_t columns = 1;
    uint32_t gap = 1;
    uint32_t firstChannel = 0;
    uint32_t channels = 0;
    bool strongest = false; ///< one channel: the one with the highest mean
    uint32_t nanColour = 0; ///< 0xAABBGGRR

    [[nodiscard]] uint32_t width(const Shape& s) const { return columns * (s.w + gap) - gap; }
    [[nodiscard]] uint32_t height(const Shape& s) const
    {
        return (channels + columns - 1) / columns * (s.h + gap) - gap;
    }
};

/// Bytes of the colours: 256 words.
inline constexpr uint64_t colourTableBytes = 1024;

/// Bytes of the statistics of a tensor (two texels a channel), which its ranges (one, and one more)
/// fit in too.
[[nodiscard]] uint64_t channelTableBytes(const TensorLayout& layout);

/// Ranges (texels: lowest, 1 / (highest - lowest), 0, 0; one a channel, padded to whole texels of
/// channels; then 1 + the strongest channel) at `ranges` bytes of Memory::Scratch, 256 colours in
/// Memory::Colours, result at `atlas` bytes of Memory::Atlas.
[[nodiscard]] Dispatch
featureMap(const Placed& in, const FeatureMapPicture& picture, uint64_t ranges, uint64_t atlas);

} // namespace inceptoscope
