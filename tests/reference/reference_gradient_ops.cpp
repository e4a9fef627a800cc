// Ops of backward passes and losses by their definitions: what came back is handed out to all that
// were read (the kernels collect instead), in double precision.
#include "reference/reference.h"

#include "graph/transposed_conv.h"
#include "reference/reference_batch_norm.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inceptoscope {

namespace {

using Values = std::vector<double>;

size_t index(const Shape& shape, int64_t c, int64_t y, int64_t x)
{
    return size_t((c * shape.h + y) * shape.w + x);
}

double at(const ReferenceInput& t, int64_t c, int64_t y, int64_t x)
{
    return t.values[index(t.shape, c, y, x)];
}

/// Calls see(o, i, ky, kx, y, x, iy, ix) for each product that a convolution adds: output channel,
/// input channel and place in the kernel, places in the result and in the input.
template <class See> void forEachProduct(const Conv2d& op, const Shape& in, const See& see)
{
    const Shape out = inferShape(Op(op), {in}, "reference");
    const int64_t channels = in.c / op.groups;
    for (int64_t o = 0; o < out.c; ++o)
        for (int64_t i = 0; i < channels; ++i)
            for (int64_t ky = 0; ky < op.kernel.h; ++ky)
                for (int64_t kx = 0; kx < op.kernel.w; ++kx)
                    for (int64_t y = 0; y < out.h; ++y)
                        for (int64_t x = 0; x < out.w; ++x) {
                            const int64_t iy = y * op.stride.h + ky - op.padding.top;
                            const int64_t ix = x * op.stride.w + kx - op.padding.left;
                            if (iy >= 0 && iy < in.h && ix >= 0 && ix < in.w)
                                see(o, i, ky, kx, y, x, iy, ix);
                        }
}

size_t weightIndex(const Conv2d& op, const Shape& in, int64_t o, int64_t i, int64_t ky, int64_t kx)
{
    const int64_t channels = in.c / op.groups;
    return size_t(((o * channels + i) * op.kernel.h + ky) * op.kernel.w + kx);
}

/// What batch normalisation and scale multiply an output channel with.
double foldedFactor(const Conv2d& op, const ReferenceWeights& w, size_t o)
{
    const double gamma = w.gamma.empty() ? 1.0 : w.gamma[o];
    const double norm = op.batchNorm && !op.batchNorm->training
                            ? gamma / std::sqrt(w.variance[o] + double(op.batchNorm->eps))
                            : 1.0;
    return double(op.scale) * norm;
}

/// The gradient by the input, laid apart as ConvInputGradient says.
Values convInputGradient(
    const ConvInputGradient& op, const ReferenceInput& dz, const ReferenceWeights& w,
    const Shape& out)
{
    Values dx(op.in.elements(), 0.0);
    const int64_t outPerGroup = op.conv.outChannels / op.conv.groups;
    const int64_t channels = op.in.c / op.conv.groups;
    forEachProduct(
        op.conv, op.in,
        [&](int64_t o, int64_t i, int64_t ky, int64_t kx, int64_t y, int64_t x, int64_t iy,
            int64_t ix) {
            const double weight =
                w.weight.empty() ? 1.0 : w.weight[weightIndex(op.conv, op.in, o, i, ky, kx)];
            dx[index(op.in, o / outPerGroup * channels + i, iy, ix)] +=
                weight * foldedFactor(op.conv, w, size_t(o)) * at(dz, o, y, x);
        });
    const Interleave places = interleave(op, dz.shape);
    const Extent& s = op.conv.stride;
    Values apart(out.elements(), 0.0);
    for (int64_t c = 0; c < op.in.c; ++c)
        for (int64_t y = 0; y < op.in.h; ++y)
            for (int64_t x = 0; x < op.in.w; ++x) {
                const int64_t row = y + places.firstRow;
                const int64_t column = x + places.firstColumn;
                const int64_t channel = (c * s.h + row % s.h) * s.w + column % s.w;
                apart[index(out, channel, row / s.h, column / s.w)] = dx[index(op.in, c, y, x)];
            }
    return apart;
}

Values interleaved(const Interleave& op, const ReferenceInput& in)
{
    Values result;
    for (int64_t c = 0; c < op.out.c; ++c)
        for (int64_t y = op.firstRow; y < int64_t(op.firstRow) + op.out.h; ++y)
            for (int64_t x = op.firstColumn; x < int64_t(op.firstColumn) + op.out.w; ++x)
                result.push_back(
                    at(in, (c * op.stride.h + y % op.stride.h) * op.stride.w + x % op.stride.w,
                       y / op.stride.h, x / op.stride.w));
    return result;
}

Values weightGradient(
    const WeightGradient& op, const ReferenceInput& x, const ReferenceInput& dz, const Shape& out)
{
    Values result(out.elements(), 0.0);
    const int64_t outPerGroup = op.conv.outChannels / op.conv.groups;
    const int64_t channels = x.shape.c / op.conv.groups;
    forEachProduct(
        op.conv, x.shape,
        [&](int64_t o, int64_t i, int64_t ky, int64_t kx, int64_t y, int64_t px, int64_t iy,
            int64_t ix) {
            result[weightIndex(op.conv, x.shape, o, i, ky, kx)] +=
                at(dz, o, y, px) * at(x, o / outPerGroup * channels + i, iy, ix);
        });
    return result;
}

Values channelSum(const ReferenceInput& in)
{
    Values result(in.shape.c, 0.0);
    for (size_t i = 0; i < in.values.size(); ++i)
        result[i / in.shape.pixels()] += in.values[i];
    return result;
}

/// `perChannel`: how many values a channel has.
Values
unfold(const Unfold& op, const ReferenceInput& in, const ReferenceWeights& w, const Conv2d& conv)
{
    Values result;
    for (size_t i = 0; i < in.values.size(); ++i) {
        const size_t c = i / in.shape.pixels();
        result.push_back(
            in.values[i] *
            (op.role == ParameterRole::Beta ? double(conv.scale) : foldedFactor(conv, w, c)));
    }
    return result;
}

Values gammaGradient(
    const GammaGradient& op, const ReferenceInput& products, const ReferenceInput& sums,
    const ReferenceWeights& w)
{
    Values result;
    const size_t perChannel = products.shape.pixels();
    for (size_t c = 0; c < sums.values.size(); ++c) {
        double convolved = 0; // the sum over pixels of dz times the convolution's result
        for (size_t i = c * perChannel; i < (c + 1) * perChannel; ++i)
            convolved += products.values[i] * (w.weight.empty() ? 1.0 : w.weight[i]);
        const double bias = w.bias.empty() ? 0.0 : w.bias[c];
        result.push_back(
            double(op.conv.scale) * (convolved + (bias - w.mean[c]) * sums.values[c]) /
            std::sqrt(w.variance[c] + double(op.conv.batchNorm->eps)));
    }
    return result;
}

/// Calls see(c, y, x, iy, ix, area) for each pixel of each window.
template <class See> void forEachInWindow(const Pool2d& op, const Shape& in, const See& see)
{
    const Shape out = inferShape(Op(op), {in}, "reference");
    for (int64_t c = 0; c < out.c; ++c)
        for (int64_t y = 0; y < out.h; ++y)
            for (int64_t x = 0; x < out.w; ++x) {
                const int64_t top = y * op.stride.h - op.padding.top;
                const int64_t left = x * op.stride.w - op.padding.left;
                const int64_t bottom =
                    std::min<int64_t>(top + op.kernel.h, in.h + op.padding.bottom);
                const int64_t right =
                    std::min<int64_t>(left + op.kernel.w, in.w + op.padding.right);
                const int64_t rows = std::min<int64_t>(bottom, in.h) - std::max<int64_t>(top, 0);
                const int64_t columns = std::min<int64_t>(right, in.w) - std::max<int64_t>(left, 0);
                const double area =
                    double(op.countIncludePad ? (bottom - top) * (right - left) : rows * columns);
                for (int64_t iy = std::max<int64_t>(top, 0); iy < bottom && iy < in.h; ++iy)
                    for (int64_t ix = std::max<int64_t>(left, 0); ix < right && ix < in.w; ++ix)
                        see(c, y, x, iy, ix, area);
            }
}

Values maxPoolIndices(const Pool2d& op, const ReferenceInput& in, const Shape& out)
{
    Values most(out.elements(), -std::numeric_limits<double>::infinity());
    Values result(out.elements(), -1.0);
    forEachInWindow(
        op, in.shape,
        [&](int64_t c, int64_t y, int64_t x, int64_t iy, int64_t ix, double /*area*/) {
            const size_t window = index(out, c, y, x);
            if (!(at(in, c, iy, ix) > most[window]) && result[window] >= 0)
                return;
            most[window] = at(in, c, iy, ix);
            const int64_t row = iy - (y * op.stride.h - op.padding.top);
            const int64_t column = ix - (x * op.stride.w - op.padding.left);
            result[window] = double(row * op.kernel.w + column);
        });
    return result;
}

Values
maxPoolGradient(const MaxPoolGradient& op, const ReferenceInput& indices, const ReferenceInput& dy)
{
    Values dx(op.in.elements(), 0.0);
    const Pool2d& pool = op.pool;
    for (int64_t c = 0; c < dy.shape.c; ++c)
        for (int64_t y = 0; y < dy.shape.h; ++y)
            for (int64_t x = 0; x < dy.shape.w; ++x) {
                const auto winner = int64_t(at(indices, c, y, x));
                const int64_t row = y * pool.stride.h - pool.padding.top + winner / pool.kernel.w;
                const int64_t column =
                    x * pool.stride.w - pool.padding.left + winner % pool.kernel.w;
                dx[index(op.in, c, row, column)] += at(dy, c, y, x);
            }
    return dx;
}

Values avgPoolGradient(const AvgPoolGradient& op, const ReferenceInput& dy)
{
    Values dx(op.in.elements(), 0.0);
    forEachInWindow(
        op.pool, op.in, [&](int64_t c, int64_t y, int64_t x, int64_t iy, int64_t ix, double area) {
            dx[index(op.in, c, iy, ix)] += at(dy, c, y, x) / area;
        });
    return dx;
}

Values adaptiveAvgPoolGradient(const AdaptiveAvgPoolGradient& op, const ReferenceInput& dy)
{
    Values dx(op.in.elements(), 0.0);
    const auto first = [](int64_t a, int64_t size, int64_t n) { return a * size / n; };
    const auto last = [](int64_t a, int64_t size, int64_t n) {
        return ((a + 1) * size + n - 1) / n;
    };
    for (int64_t c = 0; c < dy.shape.c; ++c)
        for (int64_t y = 0; y < dy.shape.h; ++y)
            for (int64_t x = 0; x < dy.shape.w; ++x) {
                const int64_t y0 = first(y, op.in.h, dy.shape.h);
                const int64_t y1 = last(y, op.in.h, dy.shape.h);
                const int64_t x0 = first(x, op.in.w, dy.shape.w);
                const int64_t x1 = last(x, op.in.w, dy.shape.w);
                for (int64_t iy = y0; iy < y1; ++iy)
                    for (int64_t ix = x0; ix < x1; ++ix)
                        dx[index(op.in, c, iy, ix)] +=
                            at(dy, c, y, x) / double((y1 - y0) * (x1 - x0));
            }
    return dx;
}

/// y_c = x_c * s_c^-beta: by x_j that is s_c^-beta where j is c, and through s_c for all j around.
Values lrnGradient(const Lrn& op, const ReferenceInput& in, const ReferenceInput& dy)
{
    Values dx(in.values.size(), 0.0);
    const int64_t reach = op.size / 2;
    for (int64_t c = 0; c < in.shape.c; ++c)
        for (int64_t y = 0; y < in.shape.h; ++y)
            for (int64_t x = 0; x < in.shape.w; ++x) {
                const int64_t from = std::max<int64_t>(c - reach, 0);
                const int64_t to = std::min<int64_t>(c + reach, in.shape.c - 1);
                double s = double(op.k);
                for (int64_t j = from; j <= to; ++j)
                    s += double(op.alpha) / op.size * at(in, j, y, x) * at(in, j, y, x);
                const double up = at(dy, c, y, x);
                dx[index(in.shape, c, y, x)] += up * std::pow(s, -double(op.beta));
                for (int64_t j = from; j <= to; ++j)
                    dx[index(in.shape, j, y, x)] -=
                        up * at(in, c, y, x) * double(op.beta) * std::pow(s, -double(op.beta) - 1) *
                        double(op.alpha) / op.size * 2 * at(in, j, y, x);
            }
    return dx;
}

double dot(std::span<const double> a, std::span<const double> b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

Values softmaxGradient(const ReferenceInput& y, const ReferenceInput& dy)
{
    Values dx;
    const double sum = dot(y.values, dy.values);
    for (size_t i = 0; i < y.values.size(); ++i)
        dx.push_back(y.values[i] * (dy.values[i] - sum));
    return dx;
}

Values l2NormalizeGradient(const ReferenceInput& x, const ReferenceInput& dy)
{
    Values dx;
    const double length = std::sqrt(dot(x.values, x.values));
    const double along = dot(x.values, dy.values);
    for (size_t i = 0; i < x.values.size(); ++i)
        dx.push_back(
            length > 1e-12
                ? dy.values[i] / length - x.values[i] * along / (length * length * length)
                : dy.values[i] / 1e-12);
    return dx;
}

/// The log of the sum of all exponentials.
double logSum(std::span<const double> logits)
{
    const double top = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const double z : logits)
        sum += std::exp(z - top);
    return top + std::log(sum);
}

Values crossEntropy(const ReferenceInput& logits, const ReferenceInput& target)
{
    const double all = logSum(logits.values);
    double loss = 0;
    for (size_t i = 0; i < logits.values.size(); ++i)
        loss += target.values[i] * (all - logits.values[i]);
    return {loss};
}

Values
crossEntropyGradient(const ReferenceInput& logits, const ReferenceInput& target, double dloss)
{
    Values dx;
    const double all = logSum(logits.values);
    double sum = 0;
    for (const double q : target.values)
        sum += q;
    for (size_t i = 0; i < logits.values.size(); ++i)
        dx.push_back(dloss * (std::exp(logits.values[i] - all) * sum - target.values[i]));
    return dx;
}

Values slice(const Slice& op, const ReferenceInput& in)
{
    const auto from = in.values.begin() + std::ptrdiff_t(op.first * in.shape.pixels());
    return {from, from + std::ptrdiff_t(op.channels * in.shape.pixels())};
}

template <class Value> Values each(size_t n, const Value& value)
{
    Values result;
    for (size_t i = 0; i < n; ++i)
        result.push_back(value(i));
    return result;
}

} // namespace

std::vector<double> referenceGradientOp(
    const GradientOp& op, const std::vector<ReferenceInput>& inputs,
    const ReferenceWeights& weights, const Conv2d& layer)
{
    std::vector<Shape> shapes;
    for (const ReferenceInput& input : inputs)
        shapes.push_back(input.shape);
    const Shape out = inferShape(op, shapes, "reference");
    return std::visit(
        Overloaded{
            [&](const Given&) { return Values(out.elements(), 0.0); },
            [&](const Slice& o) { return slice(o, inputs[0]); },
            [&](const Scale& o) {
                return each(out.elements(), [&](size_t i) {
                    return double(o.factor) * inputs[0].values[i];
                });
            },
            [&](const ReluGradient&) {
                return each(out.elements(), [&](size_t i) {
                    return inputs[0].values[i] <= 0 ? 0.0 : inputs[1].values[i]; // NaN goes on
                });
            },
            [&](const ConvInputGradient& o) {
                return convInputGradient(o, inputs[0], weights, out);
            },
            [&](const Interleave& o) { return interleaved(o, inputs[0]); },
            [&](const WeightGradient& o) { return weightGradient(o, inputs[0], inputs[1], out); },
            [&](const ChannelSum&) { return channelSum(inputs[0]); },
            [&](const Unfold& o) { return unfold(o, inputs[0], weights, layer); },
            [&](const GammaGradient& o) { return gammaGradient(o, inputs[0], inputs[1], weights); },
            [&](const MaxPoolIndices& o) { return maxPoolIndices(o.pool, inputs[0], out); },
            [&](const MaxPoolGradient& o) { return maxPoolGradient(o, inputs[0], inputs[1]); },
            [&](const AvgPoolGradient& o) { return avgPoolGradient(o, inputs[0]); },
            [&](const AdaptiveAvgPoolGradient& o) { return adaptiveAvgPoolGradient(o, inputs[0]); },
            [&](const LrnGradient& o) { return lrnGradient(o.lrn, inputs[0], inputs[1]); },
            [&](const SoftmaxGradient&) { return softmaxGradient(inputs[0], inputs[1]); },
            [&](const L2NormalizeGradient&) { return l2NormalizeGradient(inputs[0], inputs[1]); },
            [&](const CrossEntropy&) { return crossEntropy(inputs[0], inputs[1]); },
            [&](const CrossEntropyGradient&) {
                return crossEntropyGradient(inputs[0], inputs[1], inputs[2].values[0]);
            },
            [&](const BatchStatistics&) { return referenceStatistics(inputs[0]); },
            [&](const BatchNormalize& o) { return referenceNormalize(o, inputs, weights); },
            [&](const RunningStatistics& o) { return referenceRunning(o, inputs); },
            [&](const BatchNormSums& o) { return referenceNormSums(o, inputs); },
            [&](const Column& o) { return referenceColumn(o, inputs[0]); },
            [&](const BatchNormGradient& o) { return referenceNormGradient(o, inputs, weights); },
        },
        op);
}

} // namespace inceptoscope
