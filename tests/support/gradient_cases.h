#pragma once

#include "gradient/gradient.h"
#include "support/tensor_map.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// One case of the oracle's gradient_ops.json, whose batch is run as one: run `graph` with the
/// input and what is given, and compare. A case with several operands is fed their channel stack,
/// as in op_cases.h.
struct GradientCase
{
    std::string id;
    std::string op;
    Graph forward;
    Graph graph; ///< with its backward pass
    TensorMap weights;
    NodeId output = 0;
    std::vector<float> input; ///< [N,C,H,W]
    std::map<NodeId, std::vector<float>> given;
    std::vector<double> expected; ///< the output's
    /// In training mode the running statistics after the step, mean and variance of each channel.
    std::optional<NodeId> running = std::nullopt;
    std::vector<double> runningAfter;

    struct Derivative
    {
        std::string key;
        NodeId node = 0;
        std::vector<double> values;
    };
    std::vector<Derivative> derivatives;
};

[[nodiscard]] std::vector<GradientCase> loadGradientCases(const std::string& path);

} // namespace inceptoscope
