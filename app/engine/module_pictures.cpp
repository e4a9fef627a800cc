#include "engine/module_pictures.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

QImage toImage(const FeatureMapAtlas& atlas)
{
    // The pixels lie in memory as R, G, B, A: that is Format_RGBA8888.
    const QImage view(
        reinterpret_cast<const uchar*>(atlas.pixels.data()), int(atlas.width), int(atlas.height),
        qsizetype(atlas.width) * 4, QImage::Format_RGBA8888);
    return view.copy();
}

FeatureMapStyle styleFor(const Shape& shape, FeatureMapStyle style)
{
    if (shape.pixels() == 1)
        style.scaling = Scaling::PerLayer;
    return style;
}

OpPicture toPicture(FeatureMapAtlas atlas)
{
    return {
        .node = atlas.node,
        .atlas = toImage(atlas),
        .columns = int(atlas.columns),
        .gap = int(atlas.gap),
        .tile = QSize(int(atlas.tileWidth), int(atlas.tileHeight)),
        .statistics = std::move(atlas.statistics)};
}

/// One request a tensor; vectors and maps apart, as a style belongs to a whole call.
void renderInto(
    ModulePictures& pictures, Session& session, const std::vector<FeatureMapRequest>& requests,
    const FeatureMapStyle& style)
{
    if (requests.empty())
        return;
    for (FeatureMapAtlas& atlas : session.renderFeatureMaps(requests, style))
        pictures.ops.push_back(toPicture(std::move(atlas)));
}

} // namespace

int squareColumns(const Shape& shape)
{
    const double columns = std::sqrt(double(shape.c) * shape.h / std::max(1U, shape.w));
    return std::clamp(int(std::ceil(columns)), 1, int(std::max(1U, shape.c)));
}

bool runs(const Graph& graph, NodeId node, bool auxiliary)
{
    return auxiliary || !graph.isAuxiliary(node);
}

std::shared_ptr<const ModulePictures> renderModule(
    Session& session, const Graph& graph, ModuleId module, const QHash<quint32, int>& columns,
    const FeatureMapStyle& style)
{
    std::vector<NodeId> nodes = graph.modules()[module].nodes;
    const std::vector<NodeId>& inputs = graph.modules()[module].inputs;
    nodes.insert(nodes.end(), inputs.begin(), inputs.end());

    std::vector<FeatureMapRequest> maps;
    std::vector<FeatureMapRequest> vectors;
    for (const NodeId node : nodes) {
        const Shape& shape = graph[node].shape;
        const int wanted = columns.value(node, squareColumns(shape));
        const FeatureMapRequest request{
            .node = node, .columns = uint32_t(std::clamp(wanted, 1, int(shape.c)))};
        (shape.pixels() == 1 ? vectors : maps).push_back(request);
    }

    auto pictures = std::make_shared<ModulePictures>();
    pictures->module = module;
    renderInto(*pictures, session, maps, style);
    renderInto(*pictures, session, vectors, styleFor({1, 1, 1}, style));
    std::sort(
        pictures->ops.begin(), pictures->ops.end(),
        [](const OpPicture& a, const OpPicture& b) { return a.node < b.node; });
    return pictures;
}

QImage
renderThumbnail(Session& session, const Graph& graph, ModuleId module, const FeatureMapStyle& style)
{
    const NodeId node = graph.modules()[module].output;
    const Shape& shape = graph[node].shape;
    FeatureMapRequest request{.node = node, .columns = 1, .gap = 0, .channels = 1};
    if (shape.pixels() == 1) {
        request.columns = uint32_t(squareColumns(shape));
        request.channels = 0;
        return toImage(session.renderFeatureMaps({&request, 1}, styleFor(shape, style)).at(0));
    }
    // The first call is for the statistics of all channels; one map costs little to draw.
    const FeatureMapAtlas first = session.renderFeatureMaps({&request, 1}, style).at(0);
    const auto strongest = std::max_element(
        first.statistics.begin(), first.statistics.end(),
        [](const ChannelStatistics& a, const ChannelStatistics& b) { return a.mean < b.mean; });
    request.firstChannel = uint32_t(strongest - first.statistics.begin());
    if (request.firstChannel == 0)
        return toImage(first);
    return toImage(session.renderFeatureMaps({&request, 1}, style).at(0));
}

} // namespace inceptoscope
