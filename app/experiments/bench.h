#pragma once

#include "engine/measuring_site.h"
#include "engine/open_network.h"
#include "experiments/effort.h"
#include "experiments/experiment.h"

#include <QImage>

#include <map>
#include <optional>

namespace inceptoscope {

/// What experiments look at: a picture, and a trained network to look with.
struct ExperimentSubject
{
    QImage picture = {}; ///< upright; null: a pattern by rule
    std::string network = "googlenet_bn";
    std::string weights = "synthetic"; ///< as --weights takes them
    std::string labels = {};
    WeightsAtHand atHand = {}; ///< of other networks
};

/// Where an experiment is measured: the device, the trained network's results on the picture, and
/// how often to run. Belongs to the thread that owns the device.
class ExperimentBench
{
public:
    ExperimentBench(const MeasuringSite& site, ExperimentSubject subject, Effort effort);

    [[nodiscard]] const MeasuringSite& site() const { return m_site; }
    [[nodiscard]] const ExperimentSubject& subject() const { return m_subject; }
    [[nodiscard]] const Effort& effort() const { return m_effort; }
    /// Throws Error(Cancelled) where somebody wants the device.
    void goOn() const;
    /// Shows it to whoever watches; more is to come.
    void showSoFar(const ExperimentReport& report) const;
    /// How far everything is, 0..1; goOn() reports it.
    void setFraction(double fraction) { m_fraction = fraction; }
    [[nodiscard]] double fraction() const { return m_fraction; }

    /// The trained network; opened once.
    [[nodiscard]] const OpenedNetwork& network();
    /// A network with the trained weights that are at hand, opened once; null where there are none.
    [[nodiscard]] const OpenedNetwork* trained(const std::string& network);
    /// How the maps of modules are drawn; none where nobody looks.
    void setStyle(const std::optional<FeatureMapStyle>& style) { m_style = style; }
    /// A module of it with the maps of what it makes of the picture; none without a style.
    [[nodiscard]] std::optional<RealModule>
    realModule(const OpenedNetwork& opened, ModuleId module) const;
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
    Effort m_effort;
    double m_fraction = 0;
    std::optional<FeatureMapStyle> m_style;
    std::optional<OpenedNetwork> m_network;
    std::map<std::string, OpenedNetwork> m_others;
    std::unique_ptr<Session> m_session; ///< that ran on the picture; goes before the network
    std::unique_ptr<Session> m_other;   ///< for other pictures
};

} // namespace inceptoscope
