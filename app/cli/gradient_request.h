#pragma once

#include "engine/open_network.h"
#include "gradient/gradient.h"

#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// What `gradients` differentiates: class:K, loss:K, or node:NAME.
struct GradientOf
{
    enum class Kind
    {
        TopClass, ///< the logit of the class that scores most
        Class,
        Loss,
        Node
    };
    Kind kind = Kind::TopClass;
    uint32_t index = 0;
    std::string name;
};

/// Throws Error(Usage) for anything else.
[[nodiscard]] GradientOf parseGradientOf(const std::string& text);

struct GradientRequest
{
    GradientOf of;
    std::optional<double> auxiliary; ///< weight of each auxiliary head's loss
    std::vector<std::string> wrt;    ///< input, modules, parameters, names; empty: input
};

/// A tensor that is written: under which name and in which shape.
struct GradientOutput
{
    std::string name;
    std::vector<uint64_t> shape;
    NodeId node = 0;
};

/// The network with its backward pass, and where in it everything is.
struct GradientRun
{
    Graph graph;
    NodeId of = 0;
    NodeId seed = 0;              ///< "d/OF", to be given
    std::optional<NodeId> target; ///< of a loss, to be given
    std::vector<NodeId> heads;    ///< logits whose losses count: the main one first
    bool auxiliary = false;       ///< the auxiliary heads run
    std::vector<GradientOutput> outputs;
};

/// Throws Error(Usage) for names that the network doesn't have, a class beyond its last, a loss of
/// a network without classes, and what the result doesn't depend on.
[[nodiscard]] GradientRun gradientRun(const OpenedNetwork& opened, const GradientRequest& request);

} // namespace inceptoscope
