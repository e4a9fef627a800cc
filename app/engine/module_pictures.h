#pragma once

#include "engine/run_snapshot.h"
#include "engine/stage_request.h"
#include "session/session.h"

#include <QHash>

namespace inceptoscope {

/// Pictures of all ops of a module, free concatenations included, and of the tensors that feed
/// it, from the activations that the session holds. `columns` by NodeId; without an entry
/// about a square.
[[nodiscard]] std::shared_ptr<const ModulePictures> renderModule(
    Session& session, const Graph& graph, ModuleId module, const QHash<quint32, int>& columns,
    const FeatureMapStyle& style);

/// The thumbnails of these modules, by ModuleId: each module's output in one small picture, the
/// map with the highest mean, or for a vector all of its values as a square.
void renderThumbnails(
    Session& session, const Graph& graph, const std::vector<bool>& modules,
    const FeatureMapStyle& style, std::vector<QImage>& thumbnails);

/// What renderModule() asks the session for, by ascending node.
[[nodiscard]] std::vector<FeatureMapRequest>
mapsOfModule(const Graph& graph, ModuleId module, const QHash<quint32, int>& columns);
/// What a thumbnail is drawn from.
[[nodiscard]] FeatureMapRequest thumbnailOf(const Graph& graph, ModuleId module);

struct RenderedModule
{
    QImage thumbnail;
    std::shared_ptr<const ModulePictures> pictures; ///< null unless it is the one on stage
};
/// Both at once, in one go on the device, of a module that has just run.
[[nodiscard]] RenderedModule renderFinished(
    Session& session, const Graph& graph, ModuleId module, const StageRequest& stage,
    const FeatureMapStyle& style);

/// Columns that make `shape`'s maps about a square.
[[nodiscard]] int squareColumns(const Shape& shape);

/// Whether a session that ran, with or without auxiliary heads, holds this node's result.
[[nodiscard]] bool runs(const Graph& graph, NodeId node, bool auxiliary);

} // namespace inceptoscope
