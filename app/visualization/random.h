#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace inceptoscope {

/// Random numbers that a seed settles on every computer: what the standard library's distributions
/// make of an engine is each implementation's own.
class Random
{
public:
    explicit Random(uint64_t seed)
        : m_engine(seed)
    {
    }
    /// 0 (included) to 1 (not).
    [[nodiscard]] double uniform() { return double(m_engine() >> 11U) * 0x1p-53; }
    [[nodiscard]] double between(double least, double most)
    {
        return least + (most - least) * uniform();
    }
    /// Of mean 0 and deviation 1 (Box and Muller 1958).
    [[nodiscard]] double normal()
    {
        const double length = std::sqrt(-2 * std::log(1 - uniform()));
        return length * std::cos(2 * std::numbers::pi * uniform());
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace inceptoscope
