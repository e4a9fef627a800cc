#include "visualization/dream.h"

#include "engine/picture.h"
#include "error.h"
#include "visualization/picture_tensor.h"
#include "visualization/warp.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

/// Bilinear, from pixels' centres to pixels' centres.
std::vector<float> enlarged(const std::vector<float>& plane, QSize from, QSize to)
{
    std::vector<float> result;
    result.reserve(size_t(to.width()) * size_t(to.height()));
    struct Place
    {
        int first, second;
        float share; ///< of the second
    };
    const auto place = [](int at, int size, int newSize) {
        const double position =
            std::clamp((at + 0.5) * double(size) / double(newSize) - 0.5, 0.0, double(size - 1));
        const int first = int(position);
        return Place{first, std::min(first + 1, size - 1), float(position - first)};
    };
    for (int y = 0; y < to.height(); ++y) {
        const Place rows = place(y, from.height(), to.height());
        const float* above = &plane[size_t(rows.first) * size_t(from.width())];
        const float* below = &plane[size_t(rows.second) * size_t(from.width())];
        for (int x = 0; x < to.width(); ++x) {
            const Place columns = place(x, from.width(), to.width());
            const auto along = [&](const float* row) {
                return row[columns.first] +
                       columns.share * (row[columns.second] - row[columns.first]);
            };
            result.push_back(along(above) + rows.share * (along(below) - along(above)));
        }
    }
    return result;
}

/// One size of the picture: what it is, and what the dream has added.
class Octave
{
public:
    Octave(const QImage& picture, QSize size)
        : m_base(planesOf(picture.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)))
        , m_now(m_base)
    {
    }

    [[nodiscard]] QSize size() const { return {int(m_now.columns), int(m_now.rows)}; }
    [[nodiscard]] const Planes& now() const { return m_now; }

    /// Takes over what a smaller one has added.
    void carry(const Octave& smaller)
    {
        for (size_t c = 0; c < 3; ++c) {
            std::vector<float> added = smaller.m_now.rgb[c];
            for (size_t i = 0; i < added.size(); ++i)
                added[i] -= smaller.m_base.rgb[c][i];
            added = enlarged(added, smaller.size(), size());
            for (size_t i = 0; i < added.size(); ++i)
                m_now.rgb[c][i] = std::clamp(m_now.rgb[c][i] + added[i], 0.0F, 1.0F);
        }
    }
    /// Along the gradient, `rate` on average.
    void move(const Planes& by, double rate)
    {
        double sum = 0;
        for (const std::vector<float>& plane : by.rgb)
            for (const float value : plane)
                sum += std::abs(double(value));
        if (!std::isfinite(sum))
            throw Error(
                ErrorKind::BadInput,
                "the gradient isn't finite (NaN or infinite): the weights lead beyond what fp32 "
                "holds");
        if (sum == 0)
            return; // nothing of it is seen: there is no way to go
        const auto factor = float(rate * double(3 * by.rgb[0].size()) / sum);
        for (size_t c = 0; c < 3; ++c)
            for (size_t i = 0; i < by.rgb[c].size(); ++i)
                m_now.rgb[c][i] = std::clamp(m_now.rgb[c][i] + factor * by.rgb[c][i], 0.0F, 1.0F);
    }

private:
    Planes m_base;
    Planes m_now;
};

/// The derivative of a channel's mean, or of half the sum of all squares.
std::vector<float> derivative(Session& session, const AscentGraph& target)
{
    if (!target.channel)
        return session.read(target.of);
    const Shape& shape = target.graph[target.of].shape;
    std::vector<float> result(shape.elements(), 0.0F);
    const auto first = result.begin() + std::ptrdiff_t(*target.channel * shape.pixels());
    std::fill(first, first + std::ptrdiff_t(shape.pixels()), 1.0F / float(shape.pixels()));
    return result;
}

void runBothWays(Session& session, const AscentGraph& target)
{
    bool forward = true;
    for (const ModuleId module : session.modules()) {
        if (forward && module >= target.backward) {
            session.setGiven(target.seed, derivative(session, target));
            forward = false;
        }
        session.runModule(module);
    }
}

} // namespace

QImage dreamStart(const QImage& picture, int most)
{
    QImage opaque = opaqueRgba(picture);
    if (std::max(opaque.width(), opaque.height()) <= most)
        return opaque;
    return opaque.scaled(most, most, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

QImage dream(
    const MeasuringSite& site, const OpenedNetwork& network, const AscentTarget& target,
    const QImage& picture, const DreamOptions& options,
    const std::function<void(const QImage&)>& shown)
{
    const Preprocessing& preprocessing = network.network.preprocessing;
    Random random(options.seed);
    std::optional<Octave> smaller;
    for (uint32_t i = 0; i < options.octaves; ++i) {
        const double factor = std::pow(options.ratio, -double(options.octaves - 1 - i));
        const QSize size(
            std::max(1, int(std::lround(picture.width() * factor))),
            std::max(1, int(std::lround(picture.height() * factor))));
        const AscentGraph graph = ascentGraph(
            network.network.graph, target, {3, uint32_t(size.height()), uint32_t(size.width())});
        const auto goOn = [&](double fraction) {
            return site.goOn((double(i) + fraction) / double(options.octaves));
        };
        constexpr double making = 0.2; // of an octave's time
        const auto session = makeSession(
            {.device = site.device, .goOn = goOn, .makeRoom = site.makeRoom}, graph.graph,
            *network.weights, ascentOptions(graph, network.network.title), making);
        Octave octave(picture, size);
        if (smaller)
            octave.carry(*smaller);
        for (uint32_t step = 0; step < options.steps; ++step) {
            if (!goOn(making + (1 - making) * double(step) / double(options.steps)))
                throw Error(ErrorKind::Cancelled, "dreaming was cancelled");
            const Warp warp = Warp::random(
                graph.graph[0].shape.h, graph.graph[0].shape.w,
                {.shift = options.shift, .scaling = 0, .turn = 0}, random);
            session->setInput(inputOf(warp.apply(octave.now()), preprocessing));
            runBothWays(*session, graph);
            octave.move(
                warp.transpose(byPicture(
                    session->read(graph.byInput), octave.now().rows, octave.now().columns,
                    preprocessing)),
                options.rate);
            if (shown)
                shown(imageOf(octave.now()));
        }
        smaller = std::move(octave);
    }
    return smaller ? imageOf(smaller->now()) : picture;
}

} // namespace inceptoscope
