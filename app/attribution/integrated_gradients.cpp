#include "attribution/evidence_run.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr uint32_t fewestSteps = 16;
constexpr uint32_t mostSteps = 160; ///< a gradient of each is kept: 1 MiB for 299 x 299 pixels
constexpr uint32_t usualSteps = 48; ///< for progress alone

/// A point of the straight way from the baseline to the picture.
struct Point
{
    double share = 0; ///< 0: the baseline, 1: the picture
    double score = 0;
    double slope = 0; ///< of the score along the way
    std::vector<float> gradient = {};
};

/// The way, with the points that were run on it, in order.
class Path
{
public:
    Path(EvidenceRun& run, const std::vector<float>& from, uint32_t classIndex)
        : m_run(run)
        , m_from(from)
        , m_to(run.read(run.graph().input()))
        , m_class(classIndex)
    {
    }

    /// The picture itself, which ran already.
    void addEnd(double score, const std::vector<float>& gradient)
    {
        m_points.push_back({1.0, score, slopeOf(gradient), gradient});
    }
    void add(double share)
    {
        std::vector<float> values(m_to.size());
        for (size_t i = 0; i < values.size(); ++i)
            values[i] = float(double(m_from[i]) + share * (double(m_to[i]) - double(m_from[i])));
        const double begin = double(m_points.size() - 1) / usualSteps;
        m_run.setShare(std::min(begin, 0.99), std::min(begin + 1.0 / usualSteps, 1.0));
        m_run.setInput(values);
        const double score = double(m_run.forward().at(m_class));
        m_run.backward();
        std::vector<float> gradient = m_run.derivative(m_run.graph().input());
        const double slope = slopeOf(gradient);
        const auto at = std::ranges::lower_bound(m_points, share, {}, &Point::share);
        m_points.insert(at, {share, score, slope, std::move(gradient)});
    }
    /// Halves the step whose rule is farthest from the difference of the scores at its ends, which
    /// is what it ought to be.
    void halve()
    {
        size_t worst = 1;
        for (size_t i = 2; i < m_points.size(); ++i)
            if (std::abs(errorOf(i)) > std::abs(errorOf(worst)))
                worst = i;
        add((m_points[worst - 1].share + m_points[worst].share) / 2);
    }
    [[nodiscard]] uint32_t steps() const { return uint32_t(m_points.size()) - 1; }
    [[nodiscard]] double baselineScore() const { return m_points.front().score; }
    [[nodiscard]] double sum() const
    {
        double sum = 0;
        for (size_t i = 1; i < m_points.size(); ++i)
            sum += ruleOf(i);
        return sum;
    }
    /// By colour and pixel: the mean of the gradients along the way, times the way.
    [[nodiscard]] std::vector<float> attributions() const
    {
        std::vector<double> means(m_to.size(), 0.0);
        for (size_t p = 0; p < m_points.size(); ++p) {
            const double before = p == 0 ? 0 : m_points[p].share - m_points[p - 1].share;
            const double behind =
                p + 1 == m_points.size() ? 0 : m_points[p + 1].share - m_points[p].share;
            for (size_t i = 0; i < means.size(); ++i)
                means[i] += (before + behind) / 2 * double(m_points[p].gradient[i]);
        }
        std::vector<float> result(means.size());
        for (size_t i = 0; i < means.size(); ++i)
            result[i] = float(means[i] * (double(m_to[i]) - double(m_from[i])));
        return result;
    }

private:
    [[nodiscard]] double slopeOf(const std::vector<float>& gradient) const
    {
        double slope = 0;
        for (size_t i = 0; i < gradient.size(); ++i)
            slope += double(gradient[i]) * (double(m_to[i]) - double(m_from[i]));
        return slope;
    }
    /// The trapezoidal rule from point i - 1 to i.
    [[nodiscard]] double ruleOf(size_t i) const
    {
        return (m_points[i].share - m_points[i - 1].share) *
               (m_points[i].slope + m_points[i - 1].slope) / 2;
    }
    [[nodiscard]] double errorOf(size_t i) const
    {
        return ruleOf(i) - (m_points[i].score - m_points[i - 1].score);
    }

    EvidenceRun& m_run;
    const std::vector<float>& m_from;
    const std::vector<float> m_to;
    uint32_t m_class;
    std::vector<Point> m_points;
};

} // namespace

std::vector<float> blackInput(const OpenedNetwork& opened)
{
    const Preprocessing& preprocessing = opened.network.preprocessing;
    const Shape& input = opened.network.graph[opened.network.graph.input()].shape;
    std::vector<float> values;
    for (size_t c = 0; c < input.c; ++c)
        values.insert(
            values.end(), input.pixels(),
            -preprocessing.mean.at(c) * preprocessing.scale.at(c)); // pixel 0 of Preprocessing
    return values;
}

/// The trapezoidal rule along the straight way, until the attributions add up to the difference of
/// the scores (Sundararajan et al. 2017, sections 3 and 5). Since each point's score is known, so
/// is what each step ought to add up to: steps are short where the score bends.
void askIntegratedGradients(
    EvidenceRun& run, const std::vector<float>& baseline, Evidence& evidence)
{
    Path path(run, baseline, evidence.classIndex);
    path.addEnd(evidence.score, evidence.inputGradient);
    for (uint32_t i = 0; i < fewestSteps; ++i)
        path.add(double(i) / fewestSteps);
    Completeness check{
        .sum = path.sum(),
        .baselineScore = path.baselineScore(),
        .difference = evidence.score - path.baselineScore(),
        .steps = path.steps()};
    while (check.error() > completenessBound && path.steps() < mostSteps) {
        path.halve();
        check.sum = path.sum();
        check.steps = path.steps();
    }
    evidence.completeness = check;
    evidence.attributions = path.attributions();
    evidence.map = channelSum(evidence.attributions, evidence.input);
}

} // namespace inceptoscope
