#pragma once

#include "kernels/conv2d.h"
#include "session/session.h"

#include <algorithm>
#include <array>

namespace inceptoscope {

/// A way to compute a network; every test of numbers passes for each of them.
struct Form
{
    const char* name;
    Precision precision;
    ConvForm convolutions; ///< where they can be computed so

    /// Whether it computes anything of the graph in another way than those before it.
    [[nodiscard]] bool matters(const Graph& graph) const
    {
        if (convolutions == ConvForm::Direct)
            return true;
        for (NodeId id = 1; id < graph.size(); ++id) {
            const Shape& in = graph[graph[id].inputs[0]].shape;
            const auto conv = asConvolution(graph[id].op, in);
            if (conv && convForm(*conv, in, precision, convolutions) == convolutions)
                return true;
        }
        return false;
    }
    [[nodiscard]] SessionOptions with(SessionOptions options) const
    {
        options.precision = precision;
        options.convForm = convolutions;
        return options;
    }
};

inline constexpr std::array forms = {
    Form{"fp32", Precision::Fp32, ConvForm::Direct},
    Form{"fp16", Precision::Fp16, ConvForm::Direct},
    Form{"fp32 winograd", Precision::Fp32, ConvForm::Winograd},
};

} // namespace inceptoscope
