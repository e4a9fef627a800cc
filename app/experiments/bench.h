#pragma once

#include "engine/measuring_site.h"
#include "engine/open_network.h"
#include "experiments/experiment.h"

#include <QImage>

#include <optional>

namespace inceptoscope {

/// What experiments look at: a picture, and a trained network to look with.
struct ExperimentSubject
{
    QImage picture = {}; ///< upright; null: a pattern by rule
    std::string network = "googlenet_bn";
    std::string weights = "synthetic"; ///< as --weights takes them
    std::string labels = {};
};

/// Where an experiment is measured: the device, the trained network's results on the picture, and
/// how often to run. Belongs to the thread that owns the device.
class ExperimentBench
{
public:
    ExperimentBench(const MeasuringSite& site, ExperimentSubject subject, size_t runs);

    [[nodiscard]] const MeasuringSite& site() const { return m_site; }
    [[nodiscard]] const ExperimentSubject& subject() const { return m_subject; }
    [[nodiscard]] size_t runs() const { return m_runs; }
    /// Throws Error(Cancelled) where somebody wants the device.
    void goOn() const;
    /// How far everything is, 0..1; goOn() reports it.
    void setFraction(double fraction) { m_fraction = fraction; }
    [[nodiscard]] double fraction() const { return m_fraction; }

    /// The trained network; opened once.
    [[nodiscard]] const OpenedNetwork& network();
    /// A result of it on the picture. Auxiliary heads run where the weights have them.
    [[nodiscard]] std::vector<float> value(NodeId node);
    /// Results of it with other weights on the picture.
    [[nodiscard]] std::vector<std::vector<float>>
    runOnPicture(const TensorSource& weights, const std::vector<NodeId>& nodes);
    /// Results of it on another picture; runs no further than needed.
    [[nodiscard]] std::vector<std::vector<float>>
    runOn(const QImage& picture, const std::vector<NodeId>& nodes);
    /// What its module gets of the picture, cut to `shape`: the first channels, the middle rows and
    /// columns. A pattern by rule where the tensor is smaller or the name is empty.
    [[nodiscard]] std::vector<float> inputOf(const std::string& module, const Shape& shape);
    /// What inputOf() takes it from, for people.
    [[nodiscard]] std::string inputText(const std::string& module, const Shape& shape);

    /// Runs a graph once and returns these results, [C,H,W] each.
    [[nodiscard]] std::vector<std::vector<float>>
    run(const Graph& graph, const TensorSource& weights, std::span<const float> input,
        const std::vector<NodeId>& nodes) const;

private:
    [[nodiscard]] std::vector<std::vector<float>>
    runUpTo(Session& session, const Graph& graph, const std::vector<NodeId>& nodes) const;

    MeasuringSite m_site;
    ExperimentSubject m_subject;
    size_t m_runs;
    double m_fraction = 0;
    std::optional<OpenedNetwork> m_network;
    std::unique_ptr<Session> m_session; ///< that ran on the picture; goes before the network
    std::unique_ptr<Session> m_other;   ///< for other pictures
};

} // namespace inceptoscope
