#include "weights/onnx/onnx_fold.h"

#include <cmath>

namespace inceptoscope {

static std::vector<double>
channelValues(const OnnxModel& model, const OnnxConstant& constant, uint64_t channels)
{
    const std::vector<float> stored = readConstant(model, constant);
    if (stored.size() == 1)
        return std::vector<double>(channels, double(stored.front()));
    return {stored.begin(), stored.end()};
}

static void
fold(const OnnxStep& step, const std::vector<std::vector<double>>& values, OnnxFold& into)
{
    for (size_t o = 0; o < into.factor.size(); ++o) {
        double factor = 1;
        double summand = 0;
        const double value = values[0][o];
        switch (step.kind) {
        case OnnxStep::Kind::BatchNorm:
            factor = value / std::sqrt(values[3][o] + step.epsilon);
            summand = values[1][o] - values[2][o] * factor;
            break;
        case OnnxStep::Kind::Multiply:
            factor = value;
            break;
        case OnnxStep::Kind::Divide:
            factor = 1 / value;
            break;
        case OnnxStep::Kind::Add:
            summand = value;
            break;
        case OnnxStep::Kind::Subtract:
            summand = -value;
            break;
        }
        into.factor[o] *= factor;
        into.summand[o] = into.summand[o] * factor + summand;
    }
}

OnnxFold foldSteps(const OnnxModel& model, const OnnxLayer& layer)
{
    const uint64_t channels = layer.channels();
    OnnxFold result{
        .factor = std::vector<double>(channels, layer.weightFactor),
        .summand = std::vector<double>(channels, 0.0)};
    if (layer.bias)
        result.summand = channelValues(model, *layer.bias, channels);
    for (double& summand : result.summand)
        summand *= layer.biasFactor;
    for (const OnnxStep& step : layer.steps) {
        std::vector<std::vector<double>> values;
        for (const OnnxConstant& operand : step.operands)
            values.push_back(channelValues(model, operand, channels));
        fold(step, values, result);
    }
    return result;
}

} // namespace inceptoscope
