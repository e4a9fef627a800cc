#pragma once

#include "gradient/gradient.h"
#include "support/tensor_map.h"

#include <map>
#include <string>
#include <vector>

namespace inceptoscope {

/// One case of the oracle's gradient_ops.json: run `graph` for each batch element with its input
/// and what is given, and compare. Derivatives by the input and by operands are each element's own,
/// those by parameters the sum over all. A case with several operands is fed their channel stack,
/// as in op_cases.h.
struct GradientCase
{
    std::string id;
    std::string op;
    Graph forward;
    Graph graph; ///< with its backward pass
    TensorMap weights;
    NodeId output = 0;
    std::vector<std::vector<float>> inputs;                  ///< one a batch element
    std::vector<std::map<NodeId, std::vector<float>>> given; ///< likewise
    std::vector<std::vector<double>> expected;               ///< the output's

    struct Derivative
    {
        std::string key;
        NodeId node = 0;
        bool summed = false;
        std::vector<double> values; ///< all batch elements, or their sum
    };
    std::vector<Derivative> derivatives;
};

struct GradientCases
{
    std::vector<GradientCase> cases;
    std::vector<std::string> notCovered; ///< ids of those in training mode
};

[[nodiscard]] GradientCases loadGradientCases(const std::string& path);

} // namespace inceptoscope
