#pragma once

#include "attribution/evidence_maps.h"
#include "attribution/methods.h"
#include "graph/graph.h"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// A branch's part of its module's evidence.
struct BranchEvidence
{
    std::string name; ///< "3x3"
    PlaneMap map;     ///< Grad-CAM over its channels alone
    /// The sum over its channels and places of gradient times activation, in units of the score.
    double evidence = 0;
};

/// What a module passes on for the class: Grad-CAM at its output, and its branches.
struct ModuleEvidence
{
    ModuleId module = 0;
    PlaneMap map;
    double evidence = 0; ///< the sum of gradient times activation at its output
    /// Of its concatenation: without one none. Before what is below zero is cut off, their maps
    /// add up to that of the concatenation.
    std::vector<BranchEvidence> branches;
    /// What the branches don't account for: the shortcut of a residual block and its biases;
    /// nothing where the concatenation is the module's output, whose parts the branches are.
    double rest = 0;
    bool exact = true; ///< the branches are all of the module's output
};

/// Integrated gradients' check (Sundararajan et al. 2017, proposition 1): the attributions add up
/// to the difference of the scores of the picture and of the black one.
struct Completeness
{
    double sum = 0;           ///< of all attributions
    double baselineScore = 0; ///< of the black picture
    double difference = 0;    ///< the picture's score less that
    uint32_t steps = 0;       ///< of the trapezoidal rule
    [[nodiscard]] double error() const
    {
        return std::abs(sum - difference) / std::max(std::abs(difference), 1e-12);
    }
};

/// Occlusion's squares: position i begins at pixel i * stride, and is cut at the picture's edge.
struct OcclusionGrid
{
    uint32_t window = 0; ///< pixels of the network's input
    uint32_t stride = 0;
    uint32_t columns = 0;
    uint32_t rows = 0;

    [[nodiscard]] size_t positions() const { return size_t(columns) * rows; }
};

/// Which parts of the picture speak for a class.
struct Evidence
{
    Method method = Method::Cam;
    uint32_t classIndex = 0;
    double score = 0; ///< the class's logit
    std::string at;   ///< the node or module that the map is of; "input" for maps of pixels
    Shape input;      ///< of the network
    PlaneMap map;
    std::vector<float> inputGradient; ///< [3,H,W], of the score by the input; gradient methods
    std::vector<float> attributions;  ///< [3,H,W]: integrated gradients, of each colour
    double bias = 0;                  ///< CAM: the map's mean plus this is the score
    std::optional<Completeness> completeness = std::nullopt;
    std::optional<OcclusionGrid> occlusion = std::nullopt;
    std::vector<ModuleEvidence> modules; ///< Grad-CAM: of those that were asked for
};

/// What the completeness error is brought down to.
inline constexpr double completenessBound = 0.01;

/// The map spread over the pixels of the network's input, for showing: those of a module are
/// stretched (bilinear), a pixel's of occlusion is the mean of the squares that cover it.
[[nodiscard]] PlaneMap overInput(const Evidence& evidence);
[[nodiscard]] PlaneMap stretched(const PlaneMap& map, uint32_t w, uint32_t h);

} // namespace inceptoscope
