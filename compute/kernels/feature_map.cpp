#include "kernels/feature_map.h"

namespace inceptoscope {

constexpr uint64_t entryBytes = 32; // of the statistics: eight floats a channel
/// Invocations in a workgroup of the tables: few, since most layers have few blocks of channels.
constexpr uint32_t tableWidth = 16;
constexpr uint32_t narrow = 8;
/// From so many pixels on, a workgroup works on one block of channels: before, that doesn't pay.
constexpr uint64_t manyPixels = 2048;

uint64_t channelTableBytes(const TensorLayout& layout)
{
    return bindableBytes((uint64_t(layout.blocks()) * 4 + 1) * entryBytes);
}

Dispatch channelStatistics(const Placed& in, uint64_t offset)
{
    struct Push
    {
        uint32_t blocks;
        Geometry from;
        uint32_t width, pixels, outBase;
    };
    const bool together = in.layout.shape.pixels() >= manyPixels;
    const uint32_t blocks = in.layout.blocks();
    const Push push{
        .blocks = blocks,
        .from = Geometry(in.layout),
        .width = in.layout.shape.w,
        .pixels = uint32_t(in.layout.shape.pixels()),
        .outBase = 0,
    };
    return {
        .shader = &shaders::channel_statistics,
        .precision = in.layout.precision,
        .constants = {together ? tableWidth : narrow, together ? 1U : 0U},
        .bindings =
            {in.texels(),
             Binding{Memory::Scratch, Access::Write, offset, channelTableBytes(in.layout)}},
        .push = PushBytes(push),
        .groups = {together ? blocks : (blocks + narrow - 1) / narrow, 1, 1},
        .sharedBytes = (together ? tableWidth : narrow) * 6 * uint32_t(entryBytes)};
}

Dispatch
channelRanges(const Placed& in, uint64_t statistics, uint64_t ranges, const RangeOptions& options)
{
    struct Push
    {
        uint32_t channels, choice, layer, diverging;
        float keeps;
    };
    const Push push{
        .channels = in.layout.shape.c,
        .choice = in.layout.blocks() * 4,
        .layer = options.perLayer ? 1U : 0U,
        .diverging = options.diverging ? 1U : 0U,
        .keeps = options.keeps,
    };
    const uint64_t bytes = channelTableBytes(in.layout);
    return {
        .shader = &shaders::channel_ranges,
        .constants = {tableWidth},
        .bindings =
            {Binding{Memory::Scratch, Access::Texels, statistics, bytes},
             Binding{Memory::Scratch, Access::Write, ranges, bytes}},
        .push = PushBytes(push),
        .groups = {1, 1, 1},
        .sharedBytes = tableWidth * uint32_t(entryBytes)};
}

Dispatch
featureMap(const Placed& in, const FeatureMapPicture& picture, uint64_t ranges, uint64_t atlas)
{
    struct Push
    {
        Geometry from;
        uint32_t width, height, row, columns, gap, firstChannel, channels, choice, nan;
    };
    const Shape& shape = in.layout.shape;
    const uint32_t width = picture.width(shape);
    const uint32_t height = picture.height(shape);
    const Push push{
        .from = Geometry(in.layout),
        .width = shape.w,
        .height = shape.h,
        .row = width,
        .columns = picture.columns,
        .gap = picture.gap,
        .firstChannel = picture.firstChannel,
        .channels = picture.channels,
        .choice = picture.strongest ? in.layout.blocks() * 4 : 0U,
        .nan = picture.nanColour,
    };
    const uint32_t end = (picture.firstChannel + picture.channels + 3) / 4;
    return {
        .shader = &shaders::feature_map,
        .precision = in.layout.precision,
        .constants = {groupWidth},
        .bindings =
            {in.texels(),
             Binding{Memory::Scratch, Access::Texels, ranges, channelTableBytes(in.layout)},
             Binding{Memory::Colours, Access::Words, 0, colourTableBytes},
             Binding{Memory::Atlas, Access::Write, atlas, uint64_t(width) * height * 4}},
        .push = PushBytes(push),
        .groups = {
            groupsFor(shape.pixels()), picture.strongest ? 1 : end - picture.firstChannel / 4, 1}};
}

} // namespace inceptoscope
