#pragma once

#include <cmath>

/// What an optimiser does to one weight. Private to experiments/.
namespace inceptoscope {

struct OptimiserRates
{
    double step = 0.1;
    double momentum = 0.9;
    double decay = 0.9;
    double eps = 1e-8;
    bool epsInside = false; ///< under the root, as in TensorFlow, whose mean square starts at one
};

/// The change of a weight, from its gradient and what the rule remembers of earlier ones.
using OptimiserRule = double (*)(double gradient, double& memory, const OptimiserRates& r);

inline double sgdStep(double gradient, double& /*memory*/, const OptimiserRates& r)
{
    return -r.step * gradient;
}

/// As PyTorch has it: the step size stands outside of the velocity.
inline double momentumStep(double gradient, double& velocity, const OptimiserRates& r)
{
    velocity = r.momentum * velocity + gradient;
    return -r.step * velocity;
}

/// Tieleman & Hinton 2012. PyTorch adds eps to the root, TensorFlow, with which Inception v3 was
/// trained, under it.
inline double rmspropStep(double gradient, double& square, const OptimiserRates& r)
{
    square = r.decay * square + (1 - r.decay) * gradient * gradient;
    return -r.step * gradient /
           (r.epsInside ? std::sqrt(square + r.eps) : std::sqrt(square) + r.eps);
}

/// What is remembered before the first step.
inline double firstMemory(OptimiserRule rule, const OptimiserRates& r)
{
    return rule == rmspropStep && r.epsInside ? 1 : 0;
}

} // namespace inceptoscope
