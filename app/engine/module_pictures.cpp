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

std::vector<FeatureMapRequest>
mapsOfModule(const Graph& graph, ModuleId module, const QHash<quint32, int>& columns)
{
    std::vector<NodeId> nodes = graph.modules()[module].nodes;
    const std::vector<NodeId>& inputs = graph.modules()[module].inputs;
    nodes.insert(nodes.end(), inputs.begin(), inputs.end());
    std::sort(nodes.begin(), nodes.end());
    std::vector<FeatureMapRequest> requests;
    for (const NodeId node : nodes) {
        const Shape& shape = graph[node].shape;
        const int wanted = columns.value(node, squareColumns(shape));
        requests.push_back(
            {.node = node, .columns = uint32_t(std::clamp(wanted, 1, int(shape.c)))});
    }
    return requests;
}

FeatureMapRequest thumbnailOf(const Graph& graph, ModuleId module)
{
    const NodeId node = graph.modules()[module].output;
    const Shape& shape = graph[node].shape;
    const bool vector = shape.pixels() == 1;
    return {
        .node = node,
        .columns = vector ? uint32_t(squareColumns(shape)) : 1,
        .gap = 0,
        .strongest = !vector};
}

std::shared_ptr<const ModulePictures> renderModule(
    Session& session, const Graph& graph, ModuleId module, const QHash<quint32, int>& columns,
    const FeatureMapStyle& style)
{
    auto pictures = std::make_shared<ModulePictures>();
    pictures->module = module;
    const std::vector<FeatureMapRequest> requests = mapsOfModule(graph, module, columns);
    for (FeatureMapAtlas& atlas : session.renderFeatureMaps(requests, style))
        pictures->ops.push_back(toPicture(std::move(atlas)));
    return pictures;
}

void renderThumbnails(
    Session& session, const Graph& graph, const std::vector<bool>& modules,
    const FeatureMapStyle& style, std::vector<QImage>& thumbnails)
{
    std::vector<FeatureMapRequest> requests;
    std::vector<ModuleId> ids;
    for (ModuleId module = 0; module < modules.size(); ++module) {
        if (!modules[module])
            continue;
        ids.push_back(module);
        requests.push_back(thumbnailOf(graph, module));
    }
    const std::vector<FeatureMapAtlas> atlases = session.renderFeatureMaps(requests, style);
    for (size_t i = 0; i < ids.size(); ++i)
        thumbnails[ids[i]] = toImage(atlases[i]);
}

RenderedModule renderFinished(
    Session& session, const Graph& graph, ModuleId module, const StageRequest& stage,
    const FeatureMapStyle& style)
{
    std::vector<FeatureMapRequest> requests{thumbnailOf(graph, module)};
    const bool shown = module == stage.module;
    if (shown) {
        const auto maps = mapsOfModule(graph, module, stage.columns);
        requests.insert(requests.end(), maps.begin(), maps.end());
    }
    std::vector<FeatureMapAtlas> atlases = session.renderFeatureMaps(requests, style);
    RenderedModule rendered{.thumbnail = toImage(atlases.front()), .pictures = nullptr};
    if (!shown)
        return rendered;
    auto pictures = std::make_shared<ModulePictures>();
    pictures->module = module;
    for (size_t i = 1; i < atlases.size(); ++i)
        pictures->ops.push_back(toPicture(std::move(atlases[i])));
    rendered.pictures = std::move(pictures);
    return rendered;
}

} // namespace inceptoscope
