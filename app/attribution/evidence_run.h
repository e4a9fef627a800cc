#pragma once

#include "attribution/find_evidence.h"
#include "engine/measuring_site.h"
#include "engine/open_network.h"
#include "gradient/gradient.h"

#include <memory>

namespace inceptoscope {

/// A network on the device that evidence is asked of: it runs forward, and backward from one
/// class's score where derivatives are wanted.
class EvidenceRun
{
public:
    /// `kept` can be read after a run, besides the logits and the input; `by`: what the score is
    /// differentiated by, none for no backward pass.
    EvidenceRun(
        const MeasuringSite& site, const OpenedNetwork& opened, std::vector<NodeId> kept,
        const std::vector<NodeId>& by);

    void feed(const EvidenceSubject& subject);
    void setInput(std::span<const float> values) { m_session->setInput(values); }
    /// The part of all work that the next run is: goOn() is told by it.
    void setShare(double from, double to);

    /// Logits.
    std::vector<float> forward();
    /// Which class the backward passes start from; anew after forward().
    void choose(uint32_t classIndex);
    void backward();
    /// As far back as the derivatives by these nodes of `by` take it.
    void backwardTo(const std::vector<NodeId>& nodes);

    [[nodiscard]] std::vector<float> read(NodeId node) { return m_session->read(node); }
    /// The score's derivative by a node of `by`.
    [[nodiscard]] std::vector<float> derivative(NodeId node);
    [[nodiscard]] const Graph& graph() const { return m_forward; }
    [[nodiscard]] const Shape& inputShape() const { return m_forward[m_forward.input()].shape; }

private:
    void run(size_t from, size_t until);

    const MeasuringSite& m_site;
    const Network& m_network;
    const Graph& m_forward;
    Graph m_graph;
    NodeId m_logits;
    std::optional<NodeId> m_seed;
    std::unique_ptr<Session> m_session;
    size_t m_turn = 0; ///< of the session's modules: the first of the backward pass
    double m_from = 0;
    double m_to = 1;
};

/// A part of the work that making a session is, by experience.
inline constexpr double readyShare = 0.1;

/// The class whose evidence is asked for, and its score. Throws as findEvidence().
struct ScoredClass
{
    uint32_t index = 0;
    double score = 0;
};
[[nodiscard]] ScoredClass
scoredClass(const std::vector<float>& logits, const EvidenceRequest& request);

// One method each; everything is fed already.
void askCam(EvidenceRun& run, const OpenedNetwork& opened, NodeId maps, Evidence& evidence);
void askGradCam(EvidenceRun& run, const EvidenceRequest& request, NodeId at, Evidence& evidence);
void askIntegratedGradients(
    EvidenceRun& run, const std::vector<float>& baseline, Evidence& evidence);
void askOcclusion(
    EvidenceRun& run, const EvidenceRequest& request, const EvidenceWatch& watch,
    const PlaneMap& known, Evidence& evidence);

/// What a module's Grad-CAM is made of: its output, and its concatenation where it has one.
[[nodiscard]] std::vector<NodeId> nodesOf(const Graph& graph, ModuleId module);
[[nodiscard]] ModuleEvidence moduleEvidence(EvidenceRun& run, ModuleId module);
/// Equations 1 and 2 over some channels, before what is below zero is cut off.
[[nodiscard]] PlaneMap gradCamSum(
    const std::vector<float>& activations, const std::vector<float>& gradient, const Shape& shape,
    ChannelSpan channels);

} // namespace inceptoscope
