#include "zoo/parts.h"

namespace inceptoscope {

ConvStyle tensorflowStyle(bool gamma)
{
    return {.bias = false, .batchNorm = BatchNorm{.eps = 1e-3F, .gamma = gamma}};
}

Tensor convModule(
    const Tensor& x, const ModuleHeading& heading, uint32_t channels, uint32_t kernel,
    const ConvOptions& options)
{
    const ModuleScope module(x, heading);
    return x.conv("", channels, kernel, options);
}

Tensor maxPoolModule(
    const Tensor& x, const ModuleHeading& heading, uint32_t kernel, const PoolOptions& options)
{
    const ModuleScope module(x, heading);
    return x.maxPool("", kernel, options);
}

Tensor globalPoolModule(const Tensor& x, std::string_view name)
{
    const ModuleScope module(
        x, {.name = name, .title = "Average pool", .kind = ModuleKind::Head, .group = "Head"});
    return x.globalAvgPool("");
}

Tensor softmaxModule(const Tensor& logits)
{
    const ModuleScope module(
        logits, {.name = "softmax", .title = "Softmax", .kind = ModuleKind::Head, .group = "Head"});
    return logits.softmax("");
}

Classifier linearAndSoftmax(const Tensor& x, std::string_view fcName, uint32_t classes)
{
    const Tensor logits = [&] {
        const ModuleScope module(
            x, {.name = fcName, .title = "Linear", .kind = ModuleKind::Head, .group = "Head"});
        return x.fc("", classes);
    }();
    return {.logits = logits, .probabilities = softmaxModule(logits)};
}

Classifier classify(const Tensor& x, const HeadNames& names, uint32_t classes)
{
    return linearAndSoftmax(globalPoolModule(x, names.pool), names.fc, classes);
}

Preprocessing inceptionPreprocessing(uint32_t resize)
{
    return {
        .resize = resize,
        .order = ChannelOrder::Rgb,
        .range = 1.0F,
        .mean = {0.5F, 0.5F, 0.5F},
        .scale = {2, 2, 2}};
}

uint32_t scaledResize(uint32_t resize, uint32_t ownInput, uint32_t input)
{
    return (input * resize + ownInput / 2) / ownInput;
}

} // namespace inceptoscope
