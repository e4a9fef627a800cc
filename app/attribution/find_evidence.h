#pragma once

#include "attribution/evidence.h"

#include <QImage>

#include <functional>
#include <optional>

namespace inceptoscope {

struct MeasuringSite;
struct OpenedNetwork;

struct EvidenceRequest
{
    Method method = Method::Cam;
    std::optional<uint32_t> classIndex = std::nullopt; ///< none: the one that scores most
    /// Grad-CAM's node, and what it is called; none: the last of evidenceModules().
    std::optional<NodeId> at = std::nullopt;
    std::string atName = {};
    std::vector<ModuleId> modules = {}; ///< Grad-CAM: fills Evidence::modules, in one pass
    std::optional<uint32_t> window = std::nullopt; ///< occlusion; none: usualWindow()
    std::optional<uint32_t> stride = std::nullopt; ///< none: half the window
};

/// What the network is asked about: a picture, upright, or an input tensor, fed as it is.
struct EvidenceSubject
{
    QImage picture = {};
    std::vector<float> tensor = {}; ///< counts where there is no picture
};

/// Told what is known while it grows: occlusion's map, square by square, coarse ones first.
using EvidenceWatch = std::function<void(const Evidence&)>;

/// Runs the network on the site's device, as often as the method needs. Of occlusion, `known` may
/// hold what an interrupted run found. Throws Error(Cancelled) where the site doesn't go on,
/// Error(Usage) for a class, node or method that the network doesn't have, Error(BadInput) where
/// the score is NaN or infinite, and what making a session throws.
[[nodiscard]] Evidence findEvidence(
    const MeasuringSite& site, const OpenedNetwork& opened, const EvidenceSubject& subject,
    const EvidenceRequest& request, const EvidenceWatch& watch = {}, const PlaneMap& known = {});

/// A seventh of the input's side, as 32 of 224: covers a head, not a body.
[[nodiscard]] uint32_t usualWindow(const Shape& input);

/// The values of a black picture: what integrated gradients start from.
[[nodiscard]] std::vector<float> blackInput(const OpenedNetwork& opened);

} // namespace inceptoscope
