#include "kernels/fully_connected.h"

#include "kernels/stored_value.h"

#include <algorithm>

namespace inceptoscope {

static uint64_t stepCount(const Shape& in)
{
    return (in.c + 3) / 4 * in.pixels();
}

uint64_t fullyConnectedBytes(const FullyConnected& op, const Shape& in, Precision precision)
{
    const uint64_t texels = stepCount(in) * op.outFeatures + (op.outFeatures + 3) / 4;
    return bindableBytes(texels * texelBytes(precision));
}

template <class Value>
static void fill(
    const FullyConnected& op, const Shape& in, std::span<const float> weight,
    std::span<const float> bias, std::span<Value> to)
{
    std::fill(to.begin(), to.end(), Value());
    const uint64_t pixels = in.pixels();
    const uint64_t inputs = in.elements();
    for (uint64_t unit = 0; unit < op.outFeatures; ++unit) {
        for (uint64_t i = 0; i < inputs; ++i) {
            const uint64_t channel = i / pixels;
            const uint64_t step = channel / 4 * pixels + i % pixels;
            to[(step * op.outFeatures + unit) * 4 + channel % 4] =
                stored<Value>(weight[unit * inputs + i]);
        }
    }
    std::transform(
        bias.begin(), bias.end(), to.begin() + std::ptrdiff_t(stepCount(in) * op.outFeatures * 4),
        stored<Value>);
}

void packFullyConnected(
    const FullyConnected& op, const Shape& in, Precision precision, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out)
{
    if (precision == Precision::Fp16)
        fill(op, in, weight, bias, valuesIn<uint16_t>(out));
    else
        fill(op, in, weight, bias, valuesIn<float>(out));
}

Dispatch fullyConnected(
    const FullyConnected& op, const Placed& in, const Placed& out, const PlacedWeights& weights)
{
    struct Push
    {
        uint32_t units, unitStride, blocks, width, height;
        Geometry from;
        uint32_t outBase, outPlane;
        float lowest;
    };
    const Geometry to(out.layout);
    const Push push{
        .units = op.outFeatures,
        .unitStride = op.outFeatures,
        .blocks = in.layout.blocks(),
        .width = in.layout.shape.w,
        .height = in.layout.shape.h,
        .from = Geometry(in.layout),
        .outBase = to.base,
        .outPlane = to.plane,
        .lowest = op.activation == Activation::Relu ? 0.0F : noLowest,
    };
    const Precision precision = out.layout.precision;
    const Binding packed{
        Memory::Weights, texelAccess(precision), weights.offset,
        fullyConnectedBytes(op, in.layout.shape, precision)};
    return {
        .shader = &shaders::fully_connected,
        .writes = precision,
        .constants = {groupWidth},
        .bindings = {in.texels(), packed, out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(op.outFeatures), 1, 1}};
}

} // namespace inceptoscope
