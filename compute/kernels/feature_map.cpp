#include "kernels/feature_map.h"

namespace inceptoscope {

constexpr uint64_t entryBytes = 16; // four floats a channel

uint64_t channelTableBytes(const TensorLayout& layout)
{
    return bindableBytes(uint64_t(layout.blocks()) * 4 * entryBytes);
}

Dispatch channelStatistics(const Placed& in, uint64_t offset)
{
    struct Push
    {
        uint32_t blocks;
        Geometry from;
        uint32_t width, height, outBase;
    };
    const Push push{
        .blocks = in.layout.blocks(),
        .from = Geometry(in.layout),
        .width = in.layout.shape.w,
        .height = in.layout.shape.h,
        .outBase = 0,
    };
    return {
        .shader = &shaders::channel_statistics,
        .constants = {8},
        .bindings =
            {in.texels(),
             Binding{Memory::Scratch, Access::Write, offset, channelTableBytes(in.layout)}},
        .push = PushBytes(push),
        .groups = {(in.layout.blocks() + 7) / 8, 1, 1}};
}

Dispatch
featureMap(const Placed& in, const FeatureMapPicture& picture, uint64_t ranges, uint64_t atlas)
{
    struct Push
    {
        Geometry from;
        uint32_t padding; ///< uvec2 starts on 8 bytes
        std::array<uint32_t, 2> tile, size;
        uint32_t columns, gap, firstChannel, channels, outBase;
    };
    const Shape& shape = in.layout.shape;
    const uint32_t width = picture.width(shape);
    const uint32_t height = picture.height(shape);
    const Push push{
        .from = Geometry(in.layout),
        .padding = 0,
        .tile = {shape.w, shape.h},
        .size = {width, height},
        .columns = picture.columns,
        .gap = picture.gap,
        .firstChannel = picture.firstChannel,
        .channels = picture.channels,
        .outBase = 0,
    };
    return {
        .shader = &shaders::feature_map,
        .constants = {groupWidth},
        .bindings =
            {in.texels(),
             Binding{Memory::Scratch, Access::Texels, ranges, channelTableBytes(in.layout)},
             Binding{Memory::Colours, Access::Read, 0, 1024},
             Binding{Memory::Atlas, Access::Write, atlas, uint64_t(width) * height * 4}},
        .push = PushBytes(push),
        .groups = {groupsFor(width), height, 1}};
}

} // namespace inceptoscope
