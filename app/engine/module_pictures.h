#pragma once

#include "engine/run_snapshot.h"
#include "session/session.h"

#include <QHash>

namespace inceptoscope {

/// Pictures of all ops of a module, free concatenations included, and of the tensors that feed
/// it, from the activations that the session holds. `columns` by NodeId; without an entry
/// about a square. A vector (1x1 maps) is always drawn on one common scale: with a scale of
/// its own each map would be one meaningless colour.
[[nodiscard]] std::shared_ptr<const ModulePictures> renderModule(
    Session& session, const Graph& graph, ModuleId module, const QHash<quint32, int>& columns,
    const FeatureMapStyle& style);

/// The module's output in one small picture: the map with the highest mean, or for a vector
/// all of its values as a square.
[[nodiscard]] QImage renderThumbnail(
    Session& session, const Graph& graph, ModuleId module, const FeatureMapStyle& style);

/// Columns that make `shape`'s maps about a square.
[[nodiscard]] int squareColumns(const Shape& shape);

/// Whether a session that ran, with or without auxiliary heads, holds this node's result.
[[nodiscard]] bool runs(const Graph& graph, NodeId node, bool auxiliary);

} // namespace inceptoscope
