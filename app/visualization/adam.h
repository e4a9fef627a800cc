#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace inceptoscope {

/// Adam (Kingma & Ba 2014, algorithm 1), upwards: each number goes where its derivative points.
class AdamAscent
{
public:
    AdamAscent(size_t size, double rate)
        : m_rate(rate)
        , m_first(size, 0.0F)
        , m_second(size, 0.0F)
    {
    }

    void setRate(double rate) { m_rate = rate; }

    void step(std::vector<float>& parameters, const std::vector<float>& gradient)
    {
        ++m_steps;
        const double first = 1 - std::pow(beta1, double(m_steps));
        const double second = 1 - std::pow(beta2, double(m_steps));
        const auto rate = float(m_rate * std::sqrt(second) / first);
        const auto epsilon = float(1e-8 * std::sqrt(second));
        for (size_t i = 0; i < parameters.size(); ++i) {
            const float g = gradient[i];
            m_first[i] += float(1 - beta1) * (g - m_first[i]);
            m_second[i] += float(1 - beta2) * (g * g - m_second[i]);
            parameters[i] += rate * m_first[i] / (std::sqrt(m_second[i]) + epsilon);
        }
    }

private:
    static constexpr double beta1 = 0.9;
    static constexpr double beta2 = 0.999;
    double m_rate;
    uint64_t m_steps = 0;
    std::vector<float> m_first;
    std::vector<float> m_second;
};

} // namespace inceptoscope
