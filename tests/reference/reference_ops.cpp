#include "reference/reference.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inceptoscope {

namespace {

double activate(Activation activation, double x)
{
    return activation == Activation::Relu && x < 0 ? 0 : x;
}

double at(const ReferenceInput& x, int64_t c, int64_t row, int64_t column)
{
    return x.values[size_t((c * x.shape.h + row) * x.shape.w + column)];
}

/// Calls value(c, y, x) for every element of the result, in order.
template <class Value> std::vector<double> forEach(const Shape& out, const Value& value)
{
    std::vector<double> result;
    result.reserve(out.elements());
    for (int64_t c = 0; c < out.c; ++c)
        for (int64_t y = 0; y < out.h; ++y)
            for (int64_t x = 0; x < out.w; ++x)
                result.push_back(value(c, y, x));
    return result;
}

double normalise(const BatchNorm& norm, const ReferenceWeights& w, int64_t channel, double x)
{
    const auto c = size_t(channel);
    const double gamma = norm.gamma ? w.gamma[c] : 1.0;
    return (x - w.mean[c]) / std::sqrt(w.variance[c] + double(norm.eps)) * gamma + w.beta[c];
}

/// How many steps of `stride` it takes from `start` to reach 0.
int64_t stepsToReach(int64_t start, int64_t stride)
{
    return start >= 0 ? 0 : (stride - 1 - start) / stride;
}

/// Adds the convolution's sums for one row of output channel o. Row by row and not value by value,
/// so that the innermost loop is one a compiler makes vectors of: whole networks go through here.
void addConvolved(
    const Conv2d& op, const ReferenceInput& in, const std::vector<double>& weight, int64_t o,
    int64_t y, std::span<double> row)
{
    const int64_t channels = in.shape.c / op.groups;
    const int64_t first = o / (op.outChannels / op.groups) * channels;
    const int64_t stride = op.stride.w;
    for (int64_t c = 0; c < channels; ++c)
        for (int64_t ky = 0; ky < op.kernel.h; ++ky) {
            const int64_t iy = y * op.stride.h + ky - op.padding.top;
            if (iy < 0 || iy >= in.shape.h)
                continue;
            const double* source = &in.values[size_t(((first + c) * in.shape.h + iy) * in.shape.w)];
            for (int64_t kx = 0; kx < op.kernel.w; ++kx) {
                const double factor =
                    weight[size_t(((o * channels + c) * op.kernel.h + ky) * op.kernel.w + kx)];
                const int64_t start = kx - op.padding.left; // column that x = 0 reads
                const int64_t end =
                    std::min(int64_t(row.size()), stepsToReach(start - in.shape.w, stride));
                for (int64_t x = stepsToReach(start, stride); x < end; ++x)
                    row[size_t(x)] += factor * source[x * stride + start];
            }
        }
}

std::vector<double>
conv(const Conv2d& op, const ReferenceInput& in, const ReferenceWeights& w, const Shape& out)
{
    std::vector<double> result(out.elements(), 0.0);
    for (int64_t o = 0; o < out.c; ++o)
        for (int64_t y = 0; y < out.h; ++y) {
            const std::span<double> row(&result[size_t((o * out.h + y) * out.w)], out.w);
            addConvolved(op, in, w.weight, o, y, row);
            for (double& value : row) {
                if (op.bias)
                    value += w.bias[size_t(o)];
                if (op.batchNorm && !op.batchNorm->training)
                    value = normalise(*op.batchNorm, w, o, value);
                value = activate(op.activation, double(op.scale) * value);
            }
        }
    return result;
}

/// Rows y0 to y1 - 1 and columns x0 to x1 - 1.
struct Window
{
    int64_t y0, y1, x0, x1;

    [[nodiscard]] int64_t pixels() const { return (y1 - y0) * (x1 - x0); }
};

double maximum(const ReferenceInput& in, int64_t c, const Window& window)
{
    double best = -std::numeric_limits<double>::infinity();
    for (int64_t y = window.y0; y < window.y1; ++y)
        for (int64_t x = window.x0; x < window.x1; ++x)
            if (const double value = at(in, c, y, x); value > best || std::isnan(value))
                best = value;
    return best;
}

double total(const ReferenceInput& in, int64_t c, const Window& window)
{
    double sum = 0;
    for (int64_t y = window.y0; y < window.y1; ++y)
        for (int64_t x = window.x0; x < window.x1; ++x)
            sum += at(in, c, y, x);
    return sum;
}

std::vector<double> pool(const Pool2d& op, const ReferenceInput& in, const Shape& out)
{
    const int64_t h = in.shape.h;
    const int64_t w = in.shape.w;
    return forEach(out, [&](int64_t c, int64_t y, int64_t x) {
        const int64_t top = y * op.stride.h - op.padding.top;
        const int64_t left = x * op.stride.w - op.padding.left;
        // A window of ceil mode ends where the padding ends, in the divisor too.
        const Window padded{
            top, std::min(top + op.kernel.h, h + op.padding.bottom), left,
            std::min(left + op.kernel.w, w + op.padding.right)};
        const Window real{
            std::max<int64_t>(padded.y0, 0), std::min(padded.y1, h),
            std::max<int64_t>(padded.x0, 0), std::min(padded.x1, w)};
        if (op.kind == PoolKind::Max)
            return maximum(in, c, real);
        return total(in, c, real) / double((op.countIncludePad ? padded : real).pixels());
    });
}

std::vector<double> adaptive(const ReferenceInput& in, const Shape& out)
{
    const auto first = [](int64_t a, int64_t size, int64_t n) { return a * size / n; };
    const auto last = [](int64_t a, int64_t size, int64_t n) {
        return ((a + 1) * size + n - 1) / n;
    };
    return forEach(out, [&](int64_t c, int64_t y, int64_t x) {
        const Window window{
            first(y, in.shape.h, out.h), last(y, in.shape.h, out.h), first(x, in.shape.w, out.w),
            last(x, in.shape.w, out.w)};
        return total(in, c, window) / double(window.pixels());
    });
}

std::vector<double> lrn(const Lrn& op, const ReferenceInput& in)
{
    const int64_t reach = op.size / 2;
    return forEach(in.shape, [&](int64_t c, int64_t y, int64_t x) {
        double squares = 0;
        for (int64_t j = std::max<int64_t>(c - reach, 0); j <= c + reach && j < in.shape.c; ++j)
            squares += at(in, j, y, x) * at(in, j, y, x);
        const double base = double(op.k) + double(op.alpha) / op.size * squares;
        return at(in, c, y, x) / std::pow(base, double(op.beta));
    });
}

std::vector<double> concat(const std::vector<ReferenceInput>& inputs)
{
    std::vector<double> result;
    for (const ReferenceInput& in : inputs)
        result.insert(result.end(), in.values.begin(), in.values.end());
    return result;
}

std::vector<double> sum(const Add& op, const ReferenceInput& a, const ReferenceInput& b)
{
    return forEach(a.shape, [&](int64_t c, int64_t y, int64_t x) {
        return activate(op.activation, at(a, c, y, x) + double(op.scale) * at(b, c, y, x));
    });
}

std::vector<double> fullyConnected(
    const FullyConnected& op, const ReferenceInput& in, const ReferenceWeights& w, const Shape& out)
{
    const size_t n = in.values.size();
    return forEach(out, [&](int64_t o, int64_t, int64_t) {
        double value = op.bias ? w.bias[size_t(o)] : 0.0;
        for (size_t i = 0; i < n; ++i)
            value += w.weight[size_t(o) * n + i] * in.values[i];
        return activate(op.activation, value);
    });
}

std::vector<double> softmax(const ReferenceInput& in)
{
    return forEach(in.shape, [&](int64_t c, int64_t y, int64_t x) {
        double largest = -std::numeric_limits<double>::infinity();
        for (int64_t j = 0; j < in.shape.c; ++j)
            largest = std::max(largest, at(in, j, y, x));
        double exponentials = 0;
        for (int64_t j = 0; j < in.shape.c; ++j)
            exponentials += std::exp(at(in, j, y, x) - largest);
        return std::exp(at(in, c, y, x) - largest) / exponentials;
    });
}

std::vector<double>
batchNorm(const BatchNorm& op, const ReferenceInput& in, const ReferenceWeights& w)
{
    return forEach(in.shape, [&](int64_t channel, int64_t y, int64_t x) {
        const auto c = size_t(channel);
        const double x0 =
            (at(in, channel, y, x) - w.mean[c]) / std::sqrt(w.variance[c] + double(op.eps));
        return (op.gamma ? w.gamma[c] : 1.0) * x0 + w.beta[c];
    });
}

std::vector<double> l2Normalize(const ReferenceInput& in)
{
    return forEach(in.shape, [&](int64_t c, int64_t y, int64_t x) {
        double squares = 0;
        for (int64_t j = 0; j < in.shape.c; ++j)
            squares += at(in, j, y, x) * at(in, j, y, x);
        return at(in, c, y, x) / std::max(std::sqrt(squares), 1e-12);
    });
}

} // namespace

std::vector<double> referenceOp(
    const Op& op, const std::vector<ReferenceInput>& inputs, const ReferenceWeights& weights)
{
    const ReferenceInput none;
    const ReferenceInput& in = inputs.empty() ? none : inputs.front();
    const auto shape = [&] {
        std::vector<Shape> shapes;
        shapes.reserve(inputs.size());
        for (const ReferenceInput& input : inputs)
            shapes.push_back(input.shape);
        return inferShape(op, shapes, "reference");
    };
    return std::visit(
        Overloaded{
            [&](const Input&) { return std::vector<double>(in.values.begin(), in.values.end()); },
            [&](const Conv2d& o) { return conv(o, in, weights, shape()); },
            [&](const Pool2d& o) { return pool(o, in, shape()); },
            [&](const AdaptiveAvgPool2d&) { return adaptive(in, shape()); },
            [&](const Lrn& o) { return lrn(o, in); },
            [&](const Concat&) { return concat(inputs); },
            [&](const Add& o) { return sum(o, in, inputs.at(1)); },
            [&](const FullyConnected& o) { return fullyConnected(o, in, weights, shape()); },
            [&](const BatchNorm& o) {
                return o.training ? std::vector<double>(in.values.begin(), in.values.end())
                                  : batchNorm(o, in, weights);
            },
            [&](const Softmax&) { return softmax(in); },
            [&](const L2Normalize&) { return l2Normalize(in); },
            [&](const GradientOp& o) { return referenceGradientOp(o, inputs, weights, {}); },
        },
        op);
}

} // namespace inceptoscope
