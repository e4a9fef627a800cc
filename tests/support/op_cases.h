#pragma once

#include "graph/graph.h"
#include "support/tensor_map.h"
#include "zoo/network.h"

#include <cstdint>
#include <string>
#include <vector>

namespace inceptoscope {

/// One case of the oracle's ops.json as a small graph. To check an executor: build it for
/// `graph` with `weights`, and for each batch element n feed inputs[n] and compare the values
/// of node `output` with expected[n] by relativeL2() (reference/reference.h).
///
/// A graph has one input, so a case with several operands is fed their channel stack, and 1x1
/// convolutions whose weights are rows of the identity (exact in float32) cut the operands out.
/// The parameter keys in `weights` are those that the graph asks for, and no others.
struct OpCase
{
    std::string id; ///< "conv3x3_s2_tf_same_even"
    std::string op; ///< as the file calls it: "conv", "residual_add", "inception_v1", ...
    Graph graph;
    NodeId output = 0; ///< the graph's last node
    TensorMap weights;
    std::vector<std::vector<float>> inputs;    ///< one [C,H,W] a batch element
    std::vector<std::vector<double>> expected; ///< one [C,H,W] a batch element, nine digits
};

/// A picture of the network's input size and the tensor it becomes; nothing is resized.
struct PreprocessCase
{
    std::string id;
    uint32_t height = 0;
    uint32_t width = 0;
    std::vector<uint8_t> planes;  ///< RGB [3][height][width]
    Preprocessing preprocessing;  ///< `resize` is the picture's shorter side
    std::vector<double> expected; ///< [3,height,width], in the order of `preprocessing`

    /// The picture as rows of RGBA pixels, opaque, without gaps: what an ImageView takes.
    [[nodiscard]] std::vector<uint8_t> rgba() const;
};

struct OpCases
{
    std::vector<OpCase> ops;
    std::vector<PreprocessCase> preprocess;
    std::vector<std::string> notCovered; ///< ids of ops that a graph doesn't have: losses, norms
};

/// Reads the text of ops.json (or of a file of its form). Throws std::exception for anything
/// else, and for an op whose name it doesn't know.
[[nodiscard]] OpCases parseOpCases(const std::string& json);

/// parseOpCases() of a file; throws Error(Io) where it can't be read.
[[nodiscard]] OpCases loadOpCases(const std::string& path);

} // namespace inceptoscope
