#include "kernels/winograd.h"

#include "kernels/conv_forms.h"
#include "kernels/cook_toom.h"
#include "kernels/products.h"

#include <algorithm>
#include <array>

namespace inceptoscope {

namespace {

constexpr uint32_t outputsAlong = 4;

CookToom along(uint32_t kernel)
{
    return kernel == 1 ? CookToom(1, 1) : CookToom(outputsAlong, kernel);
}

bool isLine(const Conv2d& op)
{
    return op.kernel.h == 1 || op.kernel.w == 1;
}

/// A layer's transforms, tiles, and where tiles and products lie in Memory::Sums: both as
/// [position][texel of channels][tile]. Behind the packed products lie the biases and, for the
/// shaders of lines, B^T and A^T.
struct Scheme
{
    CookToom x, y;
    uint32_t columns, tiles;
    uint32_t inTexels, outTexels;
    ProductPacking packing;

    Scheme(const Conv2d& op, const Shape& in, const Shape& out, SumCode code)
        : x(along(op.kernel.w))
        , y(along(op.kernel.h))
        , columns((out.w + x.m - 1) / x.m)
        , tiles(columns * ((out.h + y.m - 1) / y.m))
        , inTexels((in.c + 3) / 4)
        , outTexels((out.c + 3) / 4)
        , packing(inTexels, op.outChannels, positions(), tiles, Precision::Fp32, code)
    {
    }
    [[nodiscard]] uint32_t positions() const { return x.n() * y.n(); }
    /// The one that does something, of a line.
    [[nodiscard]] const CookToom& line() const { return x.k > 1 ? x : y; }

    [[nodiscard]] uint64_t biasOffset() const { return packing.bytes(); }
    [[nodiscard]] uint64_t inputsOffset() const { return biasOffset() + uint64_t(outTexels) * 16; }
    [[nodiscard]] uint64_t outputsOffset() const
    {
        return inputsOffset() + (line().inputs.size() * 4 + 15) / 16 * 16;
    }
    [[nodiscard]] uint64_t bytes() const { return outputsOffset() + line().outputs.size() * 4; }

    [[nodiscard]] Binding cut(Access access) const
    {
        return {Memory::Sums, access, 0, planesOf(inTexels)};
    }
    [[nodiscard]] Binding multiplied(Access access) const
    {
        return {Memory::Sums, access, planesOf(inTexels), planesOf(outTexels)};
    }

private:
    [[nodiscard]] uint64_t planesOf(uint32_t texels) const
    {
        return bindableBytes(uint64_t(positions()) * texels * tiles * texelBytes(Precision::Fp32));
    }
};

/// The kernels' transforms, G_y k G_x^T of each, row by row.
std::vector<float> transformed(const Scheme& scheme, std::span<const float> kernels)
{
    const CookToom& x = scheme.x;
    const CookToom& y = scheme.y;
    const size_t area = size_t(x.k) * y.k;
    const size_t count = kernels.size() / area;
    std::vector<float> result;
    result.reserve(count * scheme.positions());
    for (size_t n = 0; n < count; ++n) {
        const float* kernel = &kernels[n * area];
        for (uint32_t i = 0; i < y.n(); ++i) {
            for (uint32_t j = 0; j < x.n(); ++j) {
                double sum = 0;
                for (uint32_t v = 0; v < y.k; ++v)
                    for (uint32_t u = 0; u < x.k; ++u)
                        sum += y.kernels[i * y.k + v] * x.kernels[j * x.k + u] *
                               double(kernel[v * x.k + u]);
                result.push_back(float(sum));
            }
        }
    }
    return result;
}

void copyFloats(std::span<std::byte> out, uint64_t offset, std::span<const double> values)
{
    auto* to = reinterpret_cast<float*>(out.data() + offset);
    std::transform(values.begin(), values.end(), to, [](double v) { return float(v); });
}

/// What both transforms of a line know of their matrix and direction; of a square, nothing.
struct Direction
{
    uint64_t matrix;
    std::array<int32_t, 2> along; ///< columns, rows
    std::array<int32_t, 2> step;  ///< from tile to tile
};

Direction direction(const Conv2d& op, uint64_t matrix)
{
    const std::array<int32_t, 2> along{op.kernel.w > 1 ? 1 : 0, op.kernel.h > 1 ? 1 : 0};
    const auto step = [](uint32_t size) { return size > 1 ? int32_t(outputsAlong) : 1; };
    return {.matrix = matrix, .along = along, .step = {step(op.kernel.w), step(op.kernel.h)}};
}

Dispatch
cutTiles(const Conv2d& op, const Placed& in, const Scheme& scheme, const PlacedWeights& weights)
{
    struct Push
    {
        Direction direction;
        std::array<int32_t, 2> begin, last; ///< columns, rows
        uint32_t tiles, columns;
        Geometry from;
        uint32_t toPlane, toPosition;
    };
    const Shape& shape = in.layout.shape;
    const Push push{
        .direction = direction(op, weights.address + scheme.inputsOffset()),
        .begin = {-int32_t(op.padding.left), -int32_t(op.padding.top)},
        .last = {int32_t(shape.w + op.padding.right) - 1, int32_t(shape.h + op.padding.bottom) - 1},
        .tiles = scheme.tiles,
        .columns = scheme.columns,
        .from = Geometry(in.layout),
        .toPlane = scheme.tiles,
        .toPosition = scheme.inTexels * scheme.tiles};
    return {
        .shader = isLine(op) ? &shaders::winograd_line_input : &shaders::winograd_input,
        .constants = {groupWidth, scheme.line().n()},
        .bindings = {in.texels(), scheme.cut(Access::Write)},
        .push = PushBytes(push),
        .groups = {groupsFor(scheme.tiles), scheme.inTexels, 1}};
}

Dispatch
joinTiles(const Conv2d& op, const Placed& out, const Scheme& scheme, const PlacedWeights& weights)
{
    struct Push
    {
        Direction direction;
        uint64_t bias;
        std::array<uint32_t, 2> size; ///< columns, rows
        uint32_t tiles, columns;
        uint32_t fromPlane, fromPosition;
        Geometry to;
        float lowest;
    };
    const Push push{
        .direction = direction(op, weights.address + scheme.outputsOffset()),
        .bias = weights.address + scheme.biasOffset(),
        .size = {out.layout.shape.w, out.layout.shape.h},
        .tiles = scheme.tiles,
        .columns = scheme.columns,
        .fromPlane = scheme.tiles,
        .fromPosition = scheme.outTexels * scheme.tiles,
        .to = Geometry(out.layout),
        .lowest = lowestOf(op.activation)};
    return {
        .shader = isLine(op) ? &shaders::winograd_line_output : &shaders::winograd_output,
        .constants = {groupWidth, scheme.line().n()},
        .bindings = {scheme.multiplied(Access::Texels), out.written()},
        .push = PushBytes(push),
        .groups = {groupsFor(scheme.tiles), scheme.outTexels, 1}};
}

} // namespace

bool winogradFits(const Conv2d& op, Precision precision)
{
    const auto is = [&](uint32_t h, uint32_t w) { return op.kernel == Extent{h, w}; };
    const bool kernel = is(3, 3) || is(1, 7) || is(7, 1) || is(1, 3) || is(3, 1);
    return kernel && op.stride == Extent{1, 1} && op.groups == 1 && precision == Precision::Fp32;
}

bool winogradWins(const Conv2d& op, const Shape& in)
{
    const bool enoughTiles = in.pixels() >= (isLine(op) ? 60 : 100);
    return enoughTiles && in.c >= (isLine(op) ? 16 : 48) && op.outChannels >= 16;
}

uint64_t winogradBytes(const Conv2d& op, const Shape& in, SumCode code)
{
    return Scheme(op, in, resultShape(op, in), code).bytes();
}

void packWinograd(
    const Conv2d& op, const Shape& in, SumCode code, std::span<const float> weight,
    std::span<const float> bias, std::span<std::byte> out)
{
    const Scheme scheme(op, in, resultShape(op, in), code);
    const uint32_t positions = scheme.positions();
    // All transforms first: each kernel goes to many places of the packing.
    const std::vector<float> kernels = transformed(scheme, weight);
    const ProductValues values{
        .offset = [&](uint32_t step) { return step * scheme.tiles; },
        .weights =
            [&](uint32_t position, uint32_t step, uint32_t lane, uint32_t firstOut,
                std::span<float> to) {
                const uint32_t i = step * 4 + lane;
                if (i >= in.c)
                    return;
                const uint32_t end = std::min(uint32_t(to.size()), op.outChannels - firstOut);
                for (uint32_t o = 0; o < end; ++o)
                    to[o] = kernels[(uint64_t(firstOut + o) * in.c + i) * positions + position];
            },
        .bias = {}};
    packProducts(scheme.packing, Precision::Fp32, values, out);
    const std::span<std::byte> rest = out.subspan(scheme.biasOffset());
    std::fill(rest.begin(), rest.end(), std::byte(0));
    std::copy(bias.begin(), bias.end(), reinterpret_cast<float*>(rest.data()));
    copyFloats(out, scheme.inputsOffset(), scheme.line().inputs);
    copyFloats(out, scheme.outputsOffset(), scheme.line().outputs);
}

std::vector<Dispatch>
winograd(const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights)
{
    const Scheme scheme(op, in.layout.shape, out.layout.shape, sumCode(weights.form));
    const ProductPlaces places{
        .source = scheme.cut(Access::Texels),
        .before = scheme.multiplied(Access::Texels),
        .result = scheme.multiplied(Access::Write),
        .pixels = scheme.tiles,
        .width = scheme.tiles,
        .inColumn = 1,
        .inBatch = scheme.inTexels * scheme.tiles,
        .outPlane = scheme.tiles,
        .outBatch = scheme.outTexels * scheme.tiles,
        .outTexels = scheme.outTexels};
    std::vector<Dispatch> all{cutTiles(op, in, scheme, weights)};
    for (Dispatch& dispatch : products(scheme.packing, places, weights))
        all.push_back(std::move(dispatch));
    all.push_back(joinTiles(op, out, scheme, weights));
    return all;
}

} // namespace inceptoscope
