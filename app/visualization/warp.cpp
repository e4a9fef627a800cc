#include "visualization/warp.h"

namespace inceptoscope {

namespace {

uint32_t wrapped(double position, uint32_t size)
{
    const double rest = std::fmod(position, double(size));
    return uint32_t(rest < 0 ? rest + double(size) : rest) % size;
}

Planes emptyLike(const Planes& planes)
{
    Planes result{planes.rows, planes.columns, {}};
    for (std::vector<float>& plane : result.rgb)
        plane.assign(size_t(planes.rows) * planes.columns, 0.0F);
    return result;
}

} // namespace

Warp::Warp(uint32_t rows, uint32_t columns)
    : m_rows(rows)
    , m_columns(columns)
{
}

Warp Warp::random(uint32_t rows, uint32_t columns, const Looseness& looseness, Random& random)
{
    Warp warp(rows, columns);
    warp.m_down = random.between(-looseness.shift, looseness.shift);
    warp.m_right = random.between(-looseness.shift, looseness.shift);
    const double scaling = 1 + random.between(-looseness.scaling, looseness.scaling);
    const double turn = random.between(-looseness.turn, looseness.turn) * std::numbers::pi / 180;
    warp.m_cosine = std::cos(turn) / scaling;
    warp.m_sine = std::sin(turn) / scaling;
    return warp;
}

template <class Each> void Warp::forEach(const Each& each) const
{
    const double middleY = double(m_rows) / 2;
    const double middleX = double(m_columns) / 2;
    size_t pixel = 0;
    for (uint32_t y = 0; y < m_rows; ++y)
        for (uint32_t x = 0; x < m_columns; ++x, ++pixel) {
            const double dy = double(y) - middleY;
            const double dx = double(x) - middleX;
            const double fromY = middleY + m_down + m_cosine * dy + m_sine * dx;
            const double fromX = middleX + m_right + m_cosine * dx - m_sine * dy;
            const double top = std::floor(fromY);
            const double left = std::floor(fromX);
            const auto v = float(fromY - top);
            const auto u = float(fromX - left);
            const size_t row = size_t(wrapped(top, m_rows)) * m_columns;
            const size_t below = size_t(wrapped(top + 1, m_rows)) * m_columns;
            const size_t column = wrapped(left, m_columns);
            const size_t beside = wrapped(left + 1, m_columns);
            each(
                pixel, Sample{
                           {row + column, row + beside, below + column, below + beside},
                           {(1 - v) * (1 - u), (1 - v) * u, v * (1 - u), v * u}});
        }
}

Planes Warp::apply(const Planes& picture) const
{
    Planes result = emptyLike(picture);
    forEach([&](size_t pixel, const Sample& sample) {
        for (size_t c = 0; c < 3; ++c)
            for (size_t i = 0; i < 4; ++i)
                result.rgb[c][pixel] += sample.weight[i] * picture.rgb[c][sample.at[i]];
    });
    return result;
}

Planes Warp::transpose(const Planes& by) const
{
    Planes result = emptyLike(by);
    forEach([&](size_t pixel, const Sample& sample) {
        for (size_t c = 0; c < 3; ++c)
            for (size_t i = 0; i < 4; ++i)
                result.rgb[c][sample.at[i]] += sample.weight[i] * by.rgb[c][pixel];
    });
    return result;
}

} // namespace inceptoscope
