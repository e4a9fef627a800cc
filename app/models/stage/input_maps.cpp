#include "models/stage/input_maps.h"

#include <algorithm>

namespace inceptoscope {

namespace {

constexpr int colours = 3;

/// The maps one beside the other, each lit in its own colour alone.
QImage paintInput(const Network& network, const QImage& seen, const OpPicture& op)
{
    QImage atlas(op.atlas.size(), QImage::Format_RGBA8888);
    atlas.fill(Qt::transparent);
    const QImage pixels = seen.convertToFormat(QImage::Format_RGBA8888);
    for (int channel = 0; channel < colours; ++channel) {
        const int colour = inputColour(network, channel);
        const int left = (channel % op.columns) * (op.tile.width() + op.gap);
        const int top = (channel / op.columns) * (op.tile.height() + op.gap);
        for (int y = 0; y < op.tile.height(); ++y) {
            const uchar* from = pixels.constScanLine(y);
            uchar* to = atlas.scanLine(top + y) + qsizetype(left) * 4;
            for (int x = 0; x < op.tile.width(); ++x, from += 4, to += 4) {
                std::fill(to, to + 3, uchar(0));
                to[colour] = from[colour];
                to[3] = 255;
            }
        }
    }
    return atlas;
}

bool isPlain(const OpPicture& op)
{
    const int rows = op.columns > 0 ? (colours + op.columns - 1) / op.columns : 0;
    return rows > 0 && !op.atlas.isNull() &&
           op.atlas.width() >= op.columns * (op.tile.width() + op.gap) - op.gap &&
           op.atlas.height() >= rows * (op.tile.height() + op.gap) - op.gap;
}

/// What the network sees of the snapshot's picture, in the pixels of its input.
QImage seenPixels(const RunSnapshot& snapshot)
{
    if (!snapshot.seen.isNull() || snapshot.picture.isNull() || !snapshot.network)
        return snapshot.seen;
    // A frame of a live picture goes to the device whole.
    const Graph& graph = snapshot.network->graph;
    const Shape& input = graph[graph.input()].shape;
    return snapshot.picture.copy(snapshot.seenRect.toAlignedRect())
        .scaled(int(input.w), int(input.h), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

int inputColour(const Network& network, int channel)
{
    const int at = std::clamp(channel, 0, colours - 1);
    return network.preprocessing.order == ChannelOrder::Rgb ? at : colours - 1 - at;
}

QString inputColourName(const Network& network, int channel)
{
    static const QStringList names = {
        QStringLiteral("red"), QStringLiteral("green"), QStringLiteral("blue")};
    return names[inputColour(network, channel)];
}

ColourTable inputColours(const Network& network, int channel)
{
    ColourTable table{};
    for (uint32_t value = 0; value < table.size(); ++value)
        table[value] = 0xFF000000U | value << (8U * uint32_t(inputColour(network, channel)));
    return table;
}

std::shared_ptr<const ModulePictures> withInputColours(
    std::shared_ptr<const ModulePictures> pictures, const Network& network, const QImage& seen)
{
    const NodeId node = network.graph.input();
    const bool shown = pictures && pictures->module == network.graph[node].module;
    const OpPicture* input = shown ? pictures->find(node) : nullptr;
    if (!input || seen.isNull() || seen.size() != input->tile || !isPlain(*input) ||
        network.graph[node].shape.c != uint32_t(colours))
        return pictures;
    auto coloured = std::make_shared<ModulePictures>(*pictures);
    for (OpPicture& op : coloured->ops)
        if (op.node == node)
            op.atlas = paintInput(network, seen, op);
    return coloured;
}

std::shared_ptr<const ModulePictures> withInputColours(const RunSnapshot& snapshot)
{
    const Network& network = *snapshot.network;
    const bool shown =
        snapshot.shown && snapshot.shown->module == network.graph[network.graph.input()].module;
    return shown ? withInputColours(snapshot.shown, network, seenPixels(snapshot)) : snapshot.shown;
}

} // namespace inceptoscope
