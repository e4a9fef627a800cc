#include "reference/reference_batch_norm.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

/// Calls see(channel, index) for each value of a batch.
template <class See> void forEachOf(const Shape& shape, const See& see)
{
    size_t i = 0;
    for (uint32_t n = 0; n < shape.n; ++n)
        for (size_t c = 0; c < shape.c; ++c)
            for (uint64_t pixel = 0; pixel < shape.pixels(); ++pixel)
                see(c, i++);
}

double count(const Shape& shape)
{
    return double(shape.n) * double(shape.pixels());
}

double gammaOf(const ReferenceWeights& w, size_t c)
{
    return w.gamma.empty() ? 1.0 : w.gamma[c];
}

double normalised(double x, const ReferenceInput& statistics, size_t c, float eps)
{
    return (x - statistics.values[2 * c]) / std::sqrt(statistics.values[2 * c + 1] + double(eps));
}

} // namespace

std::vector<double> referenceStatistics(const ReferenceInput& x)
{
    std::vector<double> result(size_t(x.shape.c) * 2, 0.0);
    forEachOf(x.shape, [&](size_t c, size_t i) { result[2 * c] += x.values[i] / count(x.shape); });
    forEachOf(x.shape, [&](size_t c, size_t i) {
        const double distance = x.values[i] - result[2 * c];
        result[2 * c + 1] += distance * distance / count(x.shape);
    });
    return result;
}

std::vector<double> referenceNormalize(
    const BatchNormalize& op, const std::vector<ReferenceInput>& inputs, const ReferenceWeights& w)
{
    std::vector<double> y(inputs[0].shape.elements());
    forEachOf(inputs[0].shape, [&](size_t c, size_t i) {
        const double x = normalised(inputs[0].values[i], inputs[1], c, op.eps);
        y[i] = double(op.scale) * (gammaOf(w, c) * x + w.beta[c]);
        if (op.activation == Activation::Relu)
            y[i] = std::max(y[i], 0.0);
    });
    return y;
}

std::vector<double>
referenceRunning(const RunningStatistics& op, const std::vector<ReferenceInput>& inputs)
{
    std::vector<double> after(inputs[0].values.begin(), inputs[0].values.end());
    for (size_t i = 0; i < after.size(); ++i) {
        if (i % 2 == 1)
            after[i] *= double(op.values) / double(op.values - 1);
        after[i] = (1 - double(op.momentum)) * inputs[1].values[i] + double(op.momentum) * after[i];
    }
    return after;
}

std::vector<double>
referenceNormSums(const BatchNormSums& op, const std::vector<ReferenceInput>& inputs)
{
    std::vector<double> sums(inputs[1].values.size(), 0.0);
    forEachOf(inputs[0].shape, [&](size_t c, size_t i) {
        const double dz = inputs[2].values[i];
        sums[2 * c] += dz;
        sums[2 * c + 1] += dz * normalised(inputs[0].values[i], inputs[1], c, op.eps);
    });
    return sums;
}

std::vector<double> referenceNormGradient(
    const BatchNormGradient& op, const std::vector<ReferenceInput>& inputs,
    const ReferenceWeights& w)
{
    const std::vector<double> sums = referenceNormSums({op.eps}, inputs);
    std::vector<double> dx(inputs[0].shape.elements());
    forEachOf(inputs[0].shape, [&](size_t c, size_t i) {
        const double x = normalised(inputs[0].values[i], inputs[1], c, op.eps);
        const double inner =
            inputs[2].values[i] - (sums[2 * c] + x * sums[2 * c + 1]) / count(inputs[0].shape);
        dx[i] = double(op.scale) * gammaOf(w, c) /
                std::sqrt(inputs[1].values[2 * c + 1] + double(op.eps)) * inner;
    });
    return dx;
}

std::vector<double> referenceColumn(const Column& op, const ReferenceInput& in)
{
    std::vector<double> result;
    for (size_t i = op.column; i < in.values.size(); i += in.shape.w)
        result.push_back(double(op.factor) * in.values[i]);
    return result;
}

} // namespace inceptoscope
