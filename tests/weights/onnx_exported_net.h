#pragma once

#include "graph/builder.h"

namespace inceptoscope {

/// The network of the exported fixtures, onnx/small_*.onnx: small_model() of make_models.py.
inline Graph smallNetwork(uint32_t classes = 5)
{
    GraphBuilder builder(Shape{3, 9, 9});
    const auto unit = [](const Tensor& x, const char* name, uint32_t channels, uint32_t kernel,
                         uint32_t stride = 1) {
        const uint32_t pad = stride == 1 ? kernel / 2 : 0;
        return x.then(
            name, Conv2d{
                      .outChannels = channels,
                      .kernel = {kernel, kernel},
                      .stride = {stride, stride},
                      .padding = Padding::symmetric(pad, pad),
                      .bias = false,
                      .batchNorm = BatchNorm{.eps = 1e-3F}});
    };
    Tensor x = builder.input();
    {
        const ModuleScope module(x, "stem", "Stem", ModuleKind::Stem, ".");
        x = unit(x, "c", 3, 3, 2);
    }
    {
        const ModuleScope module(x, "mixed", "Mixed", ModuleKind::Inception, ".");
        x = concat(
            {unit(x, "b1", 3, 1), unit(unit(x, "b2a", 3, 1), "b2b", 4, 3),
             unit(unit(x, "b3a", 3, 1), "b3b", 4, 3),
             unit(x.maxPool("pool", 3, {.stride = 1, .padding = 1}), "b4", 3, 1)});
    }
    {
        const ModuleScope module(x, "head", "Head", ModuleKind::Head, ".");
        x = x.globalAvgPool("pool").fc("fc", classes);
    }
    return builder.finish();
}

} // namespace inceptoscope
