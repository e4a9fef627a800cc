#pragma once

#include "visualization/adam.h"
#include "visualization/ascent_graph.h"
#include "visualization/warp.h"

#include <QImage>

namespace inceptoscope {

/// How a picture grows.
struct GrowthOptions
{
    uint64_t seed = 1;
    double rate = 0.05; ///< Adam's, of the spectrum's numbers
    Looseness looseness = {};
    bool centre = false; ///< the unit in the channel's centre in place of its mean
};

/// A picture grown from noise that excites a channel: gradient ascent in the picture's spectrum,
/// each step seen a little displaced. It is all in main memory, so that it goes on with another
/// session as with the first; the same seed yields the same picture on the same device.
class Growth
{
public:
    Growth(const AscentGraph& target, const Preprocessing& preprocessing, GrowthOptions options);

    /// Prepares a session of the target's graph for its steps.
    void begin(Session& session) const;
    /// One step; returns what the displaced picture excited before it, see score(). Throws
    /// Error(BadInput) where that is no finite number, as with weights that are none.
    double step(Session& session);
    /// The channel's mean (or its centre unit) for the picture as it is, in its place, before the
    /// ReLU.
    [[nodiscard]] double score(Session& session) const;

    [[nodiscard]] Planes planes() const { return m_spectrum.picture(m_parameters); }
    [[nodiscard]] QImage picture() const;
    [[nodiscard]] uint64_t steps() const { return m_steps; }
    void setRate(double rate) { m_adam.setRate(rate); }

private:
    [[nodiscard]] double excited(Session& session) const;
    [[nodiscard]] std::vector<float> derivative() const; ///< of the objective by the target

    NodeId m_of;
    NodeId m_seedNode;
    NodeId m_byInput;
    Shape m_shape; ///< of the target
    uint32_t m_channel;
    Preprocessing m_preprocessing;
    GrowthOptions m_options;
    Random m_random;
    Spectrum m_spectrum;
    std::vector<float> m_parameters;
    AdamAscent m_adam;
    uint64_t m_steps = 0;
};

} // namespace inceptoscope
