#pragma once

#include "experiments/given_weights.h"

#include <memory>
#include <string>
#include <vector>

/// Private to experiments/.
namespace inceptoscope {

/// How the weights of a network are drawn before it trains. Uniform, without biases, and batch
/// normalisation as it begins (gamma 1, beta 0, running mean 0 and variance 1), but for Rule.
enum class Initialisation
{
    Rule,   ///< the program's synthetic weights: He's variance, with small biases
    He,     ///< variance 2 / fan-in (He et al. 2015, equation 10)
    Xavier, ///< variance 2 / (fan-in + fan-out) (Glorot & Bengio 2010, equation 16)
    Small,  ///< half of He's deviation
    Large   ///< twice He's deviation
};

/// In the order of the enumeration; what scripts call them, and what people read.
[[nodiscard]] const std::vector<std::string>& initialisationNames();
[[nodiscard]] const std::vector<std::string>& initialisationTitles();
/// "He et al. 2015: variance 2 / fan-in".
[[nodiscard]] std::string initialisationText(Initialisation initialisation);

/// Auxiliary heads included.
[[nodiscard]] std::unique_ptr<TensorSource>
initialWeights(const Graph& graph, Initialisation initialisation);

} // namespace inceptoscope
