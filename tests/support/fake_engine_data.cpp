#include "support/fake_engine_data.h"

#include "cost/cost.h"
#include "engine/labels.h"

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr int gap = 1;

/// A filter-like response to the picture: an oriented band pass at the channel's own angle,
/// cut off below zero.
std::vector<float> response(const FakeRun& run, NodeId node, uint32_t channel)
{
    const Shape& shape = run.network->graph[node].shape;
    const int w = int(shape.w);
    const int h = int(shape.h);
    const QImage grey =
        run.picture.scaled(w + 2, h + 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_Grayscale8);
    const double angle = double(channel) * 2.399963 + double(node) * 0.7;
    const double dx = std::cos(angle);
    const double dy = std::sin(angle);
    const double bias = 0.05 * std::sin(double(channel) * 1.7 + double(node));
    std::vector<float> values(shape.pixels());
    for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
            const auto at = [&](int px, int py) {
                return double(grey.constScanLine(py)[px]) / 255.0;
            };
            const double v = dx * (at(x + 2, y + 1) - at(x, y + 1)) +
                             dy * (at(x + 1, y + 2) - at(x + 1, y)) + bias +
                             0.1 * std::sin((dx * x + dy * y) * 0.6 + double(channel));
            values[size_t(y) * shape.w + size_t(x)] = float(std::max(0.0, v * 4.0));
        }
    }
    return values;
}

ChannelStatistics statisticsOf(const std::vector<float>& values)
{
    ChannelStatistics s{values.front(), values.front(), 0, 0};
    for (const float v : values) {
        s.minimum = std::min(s.minimum, v);
        s.maximum = std::max(s.maximum, v);
        s.mean += v / float(values.size());
        s.zeroShare += (v == 0.0F ? 1.0F : 0.0F) / float(values.size());
    }
    return s;
}

void draw(
    const std::vector<float>& values, const FakeRun& run, QImage& atlas, QPoint to, QSize tile)
{
    const ChannelStatistics s = statisticsOf(values);
    const float scale = s.maximum > s.minimum ? 255.0F / (s.maximum - s.minimum) : 0.0F;
    for (int y = 0; y < tile.height(); ++y) {
        auto* line = reinterpret_cast<uint32_t*>(atlas.scanLine(to.y() + y)) + to.x();
        for (int x = 0; x < tile.width(); ++x) {
            const float v = values[size_t(y) * size_t(tile.width()) + size_t(x)];
            line[x] = run.style.colours[size_t((v - s.minimum) * scale)];
        }
    }
}

OpPicture pictureOf(const FakeRun& run, NodeId node)
{
    const Shape& shape = run.network->graph[node].shape;
    OpPicture op;
    op.node = node;
    op.gap = gap;
    op.tile = {int(shape.w), int(shape.h)};
    op.columns = int(std::ceil(std::sqrt(double(shape.c))));
    const int rows = (int(shape.c) + op.columns - 1) / op.columns;
    op.atlas = QImage(
        op.columns * (op.tile.width() + gap) - gap, rows * (op.tile.height() + gap) - gap,
        QImage::Format_RGBA8888);
    op.atlas.fill(Qt::transparent);
    for (uint32_t c = 0; c < shape.c; ++c) {
        const std::vector<float> values = response(run, node, c);
        const QPoint to(
            (int(c) % op.columns) * (op.tile.width() + gap),
            (int(c) / op.columns) * (op.tile.height() + gap));
        draw(values, run, op.atlas, to, op.tile);
        op.statistics.push_back(statisticsOf(values));
    }
    return op;
}

std::shared_ptr<const ModulePictures> picturesOf(const FakeRun& run, ModuleId module)
{
    auto pictures = std::make_shared<ModulePictures>();
    pictures->module = module;
    for (const NodeId node : run.network->graph.modules()[module].nodes)
        pictures->ops.push_back(pictureOf(run, node));
    return pictures;
}

QImage thumbnailOf(const FakeRun& run, ModuleId module)
{
    const NodeId node = run.network->graph.modules()[module].output;
    const Shape& shape = run.network->graph[node].shape;
    QImage image(int(shape.w), int(shape.h), QImage::Format_RGBA8888);
    draw(response(run, node, 5), run, image, {0, 0}, image.size());
    return image;
}

} // namespace

std::shared_ptr<const RunSnapshot>
fakePartialSnapshot(const FakeRun& run, ModuleId shown, ModuleId done)
{
    const Graph& graph = run.network->graph;
    auto snapshot = std::make_shared<RunSnapshot>();
    snapshot->run = run.run;
    snapshot->network = run.network;
    snapshot->weights =
        run.trained
            ? WeightsState{"/data/googlenet.safetensors", "googlenet.safetensors", true, {}, true}
            : WeightsState{"synthetic", "random weights", false, {}, true};
    snapshot->device = "llvmpipe (LLVM 15.0.6, 256 bits), Vulkan 1.3.230, cpu";
    snapshot->pictureTitle = "chelsea.png";
    snapshot->picture = run.picture;
    const int side = std::min(run.picture.width(), run.picture.height()) * 7 / 8;
    snapshot->seenRect =
        QRectF((run.picture.width() - side) / 2.0, (run.picture.height() - side) / 2.0, side, side);
    snapshot->seen = run.picture.copy(snapshot->seenRect.toRect()).scaled(224, 224);
    snapshot->thumbnails.resize(graph.modules().size());
    snapshot->opMilliseconds.assign(graph.size(), -1);
    snapshot->moduleMilliseconds.assign(graph.modules().size(), -1);
    for (ModuleId id = 0; id < std::min<size_t>(done, graph.modules().size()); ++id) {
        if (graph.modules()[id].kind == ModuleKind::Auxiliary)
            continue;
        snapshot->thumbnails[id] = thumbnailOf(run, id);
        double sum = 0;
        for (const NodeId node : graph.modules()[id].nodes) {
            snapshot->opMilliseconds[node] = std::holds_alternative<Concat>(graph[node].op)
                                                 ? 0
                                                 : 0.04 + double(cost(graph, node).macs) / 4.7e7;
            sum += snapshot->opMilliseconds[node];
        }
        snapshot->moduleMilliseconds[id] = sum;
    }
    if (shown < done)
        snapshot->shown = picturesOf(run, shown);
    return snapshot;
}

std::shared_ptr<const RunSnapshot> fakeSnapshot(const FakeRun& run, ModuleId shown)
{
    auto snapshot = std::make_shared<RunSnapshot>(*fakePartialSnapshot(run, shown, 1000));
    snapshot->totalMilliseconds = 0;
    for (const double time : snapshot->moduleMilliseconds)
        snapshot->totalMilliseconds += std::max(0.0, time);
    snapshot->labels = usualLabels(1000);
    snapshot->top = {
        {285, "Egyptian cat", 0.612F},
        {281, "tabby, tabby cat", 0.204F},
        {282, "tiger cat", 0.113F},
        {287, "lynx, catamount", 0.031F},
        {292, "tiger, Panthera tigris", 0.0042F},
    };
    snapshot->complete = true;
    return snapshot;
}

std::shared_ptr<const ChannelData> fakeChannel(const FakeRun& run, NodeId node, uint32_t channel)
{
    const Shape& shape = run.network->graph[node].shape;
    auto data = std::make_shared<ChannelData>();
    data->run = run.run;
    data->node = node;
    data->channel = channel;
    data->width = shape.w;
    data->height = shape.h;
    data->values = response(run, node, channel);
    return data;
}

} // namespace inceptoscope
