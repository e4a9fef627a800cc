#include "experiments/initial_weights.h"

#include "weights/synthetic.h"

#include <cmath>

namespace inceptoscope {

namespace {

/// Of the uniform distribution that a weight of this shape, {out, in, kernel...}, is drawn from.
double boundOf(Initialisation initialisation, const std::vector<uint64_t>& shape)
{
    double kernel = 1;
    for (size_t i = 2; i < shape.size(); ++i)
        kernel *= double(shape[i]);
    const double fanIn = double(shape[1]) * kernel;
    const double fanOut = double(shape[0]) * kernel;
    double variance = 2 / fanIn;
    if (initialisation == Initialisation::Xavier)
        variance = 2 / (fanIn + fanOut);
    else if (initialisation == Initialisation::Small)
        variance /= 4;
    else if (initialisation == Initialisation::Large)
        variance *= 4;
    return std::sqrt(3 * variance);
}

std::vector<float>
valuesOf(Initialisation initialisation, const std::string& key, const std::vector<uint64_t>& shape)
{
    if (shape.size() < 2) {
        const bool one = key.ends_with(".weight") || key.ends_with(".running_var");
        return std::vector<float>(shape[0], one ? 1.0F : 0.0F);
    }
    size_t count = 1;
    for (const uint64_t side : shape)
        count *= side;
    std::vector<float> values = syntheticUniform(key, count, "initial");
    const auto bound = float(boundOf(initialisation, shape));
    for (float& value : values)
        value *= bound;
    return values;
}

} // namespace

const std::vector<std::string>& initialisationNames()
{
    static const std::vector<std::string> names = {"rule", "He", "Xavier", "small", "large"};
    return names;
}

const std::vector<std::string>& initialisationTitles()
{
    static const std::vector<std::string> titles = {
        "He, with small biases", "He", "Xavier (Glorot)", "Small: half of He's",
        "Large: twice He's"};
    return titles;
}

std::string initialisationText(Initialisation initialisation)
{
    switch (initialisation) {
    case Initialisation::Rule:
        return "by the program's rule: He's variance, with small biases";
    case Initialisation::He:
        return "He et al. 2015: variance 2 / fan-in";
    case Initialisation::Xavier:
        return "Glorot & Bengio 2010 (Xavier): variance 2 / (fan-in + fan-out)";
    case Initialisation::Small:
        return "too small: half of He's deviation";
    case Initialisation::Large:
        return "too large: twice He's deviation";
    }
    return {};
}

std::unique_ptr<TensorSource> initialWeights(const Graph& graph, Initialisation initialisation)
{
    if (initialisation == Initialisation::Rule)
        return syntheticWeights(graph, "");
    return std::make_unique<GivenWeights>(
        graph,
        [initialisation](const std::string& key, const std::vector<uint64_t>& shape) {
            return valuesOf(initialisation, key, shape);
        },
        true);
}

} // namespace inceptoscope
