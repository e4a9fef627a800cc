#include "weights/onnx/onnx_quantised.h"

#include "shown_text.h"

#include <algorithm>
#include <string_view>

namespace inceptoscope {

/// ONNX's own operators and ONNX Runtime's (com.microsoft).
constexpr std::string_view quantisedOps[] = {
    "QLinearConv",      "QLinearMatMul",       "ConvInteger", "MatMulInteger",
    "DequantizeLinear", "QuantizeLinear",      "QGemm",       "DynamicQuantizeLinear",
    "MatMulNBits",      "MatMulIntegerToFloat"};

void refuseQuantised(const OnnxModel& model)
{
    for (const OnnxNode& node : model.nodes) {
        std::string_view op = node.op;
        if (const size_t colons = op.rfind("::"); colons != std::string_view::npos)
            op.remove_prefix(colons + 2);
        if (std::ranges::find(quantisedOps, op) != std::end(quantisedOps))
            model.refuse(
                "it is a quantised ONNX model (" + shown(node.op) + " in node \"" +
                shown(node.name) + "\"); give the float32 model that it was made from");
    }
}

} // namespace inceptoscope
