#include "visualization/growth.h"

#include "error.h"
#include "visualization/picture_tensor.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace inceptoscope {

namespace {

/// Of the first numbers: noise that hardly shows.
constexpr double noise = 0.01;

const Shape& inputShape(const AscentGraph& target)
{
    return target.graph[target.graph.input()].shape;
}

} // namespace

Growth::Growth(const AscentGraph& target, const Preprocessing& preprocessing, GrowthOptions options)
    : m_of(target.of)
    , m_seedNode(target.seed)
    , m_byInput(target.byInput)
    , m_shape(target.graph[target.of].shape)
    , m_channel(target.channel.value_or(0))
    , m_preprocessing(preprocessing)
    , m_options(options)
    , m_random(options.seed)
    , m_spectrum(inputShape(target).h, inputShape(target).w)
    , m_parameters(m_spectrum.size())
    , m_adam(m_spectrum.size(), options.rate)
{
    for (float& value : m_parameters)
        value = float(noise * m_random.normal());
}

std::vector<float> Growth::derivative() const
{
    std::vector<float> result(m_shape.elements(), 0.0F);
    const size_t pixels = m_shape.pixels();
    float* channel = &result[m_channel * pixels];
    if (m_options.centre)
        channel[size_t(m_shape.h / 2) * m_shape.w + m_shape.w / 2] = 1.0F;
    else
        std::fill(channel, channel + pixels, 1.0F / float(pixels));
    return result;
}

void Growth::begin(Session& session) const
{
    session.setGiven(m_seedNode, derivative());
}

double Growth::excited(Session& session) const
{
    const std::vector<float> map = session.readChannel(m_of, m_channel);
    const double value = m_options.centre
                             ? map[size_t(m_shape.h / 2) * m_shape.w + m_shape.w / 2]
                             : std::accumulate(map.begin(), map.end(), 0.0) / double(map.size());
    if (!std::isfinite(value))
        throw Error(
            ErrorKind::BadInput, "channel " + std::to_string(m_channel) +
                                     " isn't finite (NaN or infinite): the weights, or the "
                                     "picture that grew, lead beyond what fp32 holds");
    return value;
}

double Growth::step(Session& session)
{
    const Planes picture = planes();
    const Warp warp = Warp::random(picture.rows, picture.columns, m_options.looseness, m_random);
    session.setInput(inputOf(warp.apply(picture), m_preprocessing));
    session.run();
    const double before = excited(session);
    const Planes by = warp.transpose(
        byPicture(session.read(m_byInput), picture.rows, picture.columns, m_preprocessing));
    m_adam.step(m_parameters, m_spectrum.gradient(picture, by));
    ++m_steps;
    return before;
}

double Growth::score(Session& session) const
{
    session.setInput(inputOf(planes(), m_preprocessing));
    session.run();
    return excited(session);
}

QImage Growth::picture() const
{
    return imageOf(planes());
}

} // namespace inceptoscope
