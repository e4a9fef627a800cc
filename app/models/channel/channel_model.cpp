#include "models/channel/channel_model.h"

#include "graph/receptive_field.h"
#include "models/format.h"
#include "models/stage/input_maps.h"

#include <QColor>

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

constexpr int histogramBins = 48;

/// What colours span: values that are NaN or infinite have no place in it.
ChannelRange finiteRange(const std::vector<float>& values)
{
    ChannelRange range;
    bool any = false;
    for (const float value : values) {
        if (!std::isfinite(value))
            continue;
        range.low = any ? std::min(range.low, double(value)) : double(value);
        range.high = any ? std::max(range.high, double(value)) : double(value);
        any = true;
    }
    range.known = any;
    return range;
}

/// `map` as clear as its values are near to zero; `most`: of their absolute values.
QImage cleared(const QImage& map, const std::vector<float>& values, double most)
{
    QImage image = map;
    for (int y = 0; y < image.height(); ++y) {
        uchar* pixel = image.scanLine(y);
        const float* value = &values[size_t(y) * size_t(image.width())];
        for (int x = 0; x < image.width(); ++x, pixel += 4) {
            const double share = most > 0 ? std::abs(double(value[x])) / most : 0;
            pixel[3] = std::isfinite(value[x])
                           ? uchar(std::lround(255 * std::min(1.0, std::sqrt(share))))
                           : 255;
        }
    }
    return image;
}

} // namespace

QSize ChannelModel::mapSize() const
{
    return m_op ? QSize(int(m_op->shape().w), int(m_op->shape().h)) : QSize();
}

const ChannelStatistics* ChannelModel::statistics() const
{
    const OpPicture* picture = m_op ? m_op->picture() : nullptr;
    return picture && m_channel < int(picture->statistics.size())
               ? &picture->statistics[size_t(m_channel)]
               : nullptr;
}

QString ChannelModel::minimumText() const
{
    return statistics() ? formatValue(double(statistics()->minimum)) : QStringLiteral("–");
}

QString ChannelModel::maximumText() const
{
    return statistics() ? formatValue(double(statistics()->maximum)) : QStringLiteral("–");
}

QString ChannelModel::meanText() const
{
    return statistics() ? formatValue(double(statistics()->mean)) : QStringLiteral("–");
}

QString ChannelModel::zerosText() const
{
    return statistics() ? formatPercent(double(statistics()->zeroShare)) : QStringLiteral("–");
}

QString ChannelModel::notFiniteText() const
{
    const ChannelStatistics* s = statistics();
    return s != nullptr ? formatNotFinite(double(s->nan), double(s->infinite)) : QString();
}

QString ChannelModel::nanColor()
{
    // From R, G, B in memory to what QML reads.
    return QColor(nanColour & 255U, nanColour >> 8U & 255U, nanColour >> 16U & 255U).name();
}

QString ChannelModel::lowText() const
{
    return range().known ? formatValue(range().low) : QStringLiteral("–");
}

QString ChannelModel::highText() const
{
    return range().known ? formatValue(range().high) : QStringLiteral("–");
}

QString ChannelModel::valueText() const
{
    if (!hovering() || !m_data)
        return {};
    return formatValue(
        double(m_data->values[size_t(m_pixel.y()) * m_data->width + size_t(m_pixel.x())]));
}

QRectF ChannelModel::field() const
{
    if (!hovering() || !m_op || !m_network)
        return {};
    const PixelRect rect = receptiveField(
        m_network->graph, NodeId(m_op->node()), uint32_t(m_pixel.x()), uint32_t(m_pixel.y()));
    // Beyond the input there is only padding, which is the same for every picture.
    const Shape& input = m_network->graph[m_network->graph.input()].shape;
    return QRectF(rect.x, rect.y, rect.w, rect.h).intersected(QRectF(0, 0, input.w, input.h));
}

QString ChannelModel::fieldText() const
{
    if (!hovering() || !m_op || !m_network)
        return {};
    const PixelRect rect = receptiveField(
        m_network->graph, NodeId(m_op->node()), uint32_t(m_pixel.x()), uint32_t(m_pixel.y()));
    const Shape& input = m_network->graph[m_network->graph.input()].shape;
    const QRectF seen = field();
    if (seen.size() == QSizeF(input.w, input.h))
        return tr("depends on all that the network sees");
    const QString size = QStringLiteral("%1×%2").arg(rect.h).arg(rect.w);
    return seen.size() == QSizeF(rect.w, rect.h)
               ? tr("depends on the %1 pixels in the frame").arg(size)
               : tr("depends on the pixels in the frame: %1, cut off at the edge").arg(size);
}

void ChannelModel::step(int by)
{
    if (m_op)
        show(std::clamp(m_channel + by, 0, channelCount() - 1));
}

void ChannelModel::close()
{
    if (!m_op)
        return;
    m_op->disconnect(this);
    m_op = nullptr;
    m_data.reset();
    m_pixel = {-1, -1};
    Q_EMIT hoverChanged();
    Q_EMIT channelChanged();
}

void ChannelModel::hover(int x, int y)
{
    const QSize size = mapSize();
    const QPoint pixel(x, y);
    const bool inside = QRect(QPoint(0, 0), size).contains(pixel);
    if (!inside) {
        leave();
    } else if (pixel != m_pixel) {
        m_pixel = pixel;
        Q_EMIT hoverChanged();
    }
}

void ChannelModel::leave()
{
    if (!hovering())
        return;
    m_pixel = {-1, -1};
    Q_EMIT hoverChanged();
}

void ChannelModel::open(std::shared_ptr<const Network> network, OpItem* op, int channel)
{
    close();
    m_network = std::move(network);
    m_op = op;
    connect(op, &OpItem::pictureChanged, this, &ChannelModel::paint);
    connect(op, &QObject::destroyed, this, [this, op] {
        if (m_op == op)
            m_op = nullptr;
    });
    m_channel = -1;
    show(std::clamp(channel, 0, channelCount() - 1));
}

void ChannelModel::show(int channel)
{
    if (channel == m_channel)
        return;
    m_channel = channel;
    m_data.reset();
    paint();
    Q_EMIT channelChanged();
    Q_EMIT hoverChanged();
    Q_EMIT requested(m_op->node(), m_channel);
}

void ChannelModel::refresh()
{
    if (m_op)
        Q_EMIT requested(m_op->node(), m_channel);
}

void ChannelModel::apply(std::shared_ptr<const ChannelData> data)
{
    const bool mine = m_op && data && int(data->node) == m_op->node() &&
                      int(data->channel) == m_channel &&
                      data->values.size() == size_t(data->width) * data->height &&
                      QSize(int(data->width), int(data->height)) == mapSize();
    if (!mine)
        return;
    m_data = std::move(data);
    paint();
    Q_EMIT hoverChanged();
}

void ChannelModel::setStyle(const FeatureMapStyle& style)
{
    m_style = style;
    paint();
}

ChannelRange ChannelModel::range() const
{
    ChannelRange r;
    const OpPicture* picture = m_op ? m_op->picture() : nullptr;
    if (m_style.scaling == Scaling::PerLayer && picture && !picture->statistics.empty()) {
        std::vector<float> ends;
        for (const ChannelStatistics& s : picture->statistics)
            ends.insert(ends.end(), {s.minimum, s.maximum});
        r = finiteRange(ends);
    } else if (m_data && !m_data->values.empty()) {
        r = finiteRange(m_data->values);
    } else if (statistics()) {
        r = finiteRange({statistics()->minimum, statistics()->maximum});
    }
    if (m_style.diverging && !isInput()) {
        const double most = std::max(std::abs(r.low), std::abs(r.high));
        r.low = -most;
        r.high = most;
    }
    return r;
}

bool ChannelModel::isInput() const
{
    return m_op && m_network && NodeId(m_op->node()) == m_network->graph.input() &&
           m_op->channels() == 3;
}

ColourTable ChannelModel::colours() const
{
    return isInput() ? inputColours(*m_network, m_channel) : m_style.colours;
}

QImage ChannelModel::gradient() const
{
    const ColourTable table = colours();
    QImage image(int(table.size()), 1, QImage::Format_RGBA8888);
    std::copy(table.begin(), table.end(), reinterpret_cast<uint32_t*>(image.scanLine(0)));
    return image;
}

void ChannelModel::paint()
{
    if (!m_op)
        return;
    m_histogram.clear();
    m_overlay = {};
    if (!m_data) {
        paintFromAtlas();
        Q_EMIT mapChanged();
        return;
    }
    const ChannelRange r = range();
    const double scale = r.high > r.low ? 255.0 / (r.high - r.low) : 0.0;
    const ColourTable table = colours();
    QImage image(int(m_data->width), int(m_data->height), QImage::Format_RGBA8888);
    for (int y = 0; y < image.height(); ++y) {
        const float* values = &m_data->values[size_t(y) * m_data->width];
        auto* line = reinterpret_cast<uint32_t*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const double at = (double(values[x]) - r.low) * scale + 0.5;
            if (std::isnan(values[x]))
                line[x] = nanColour;
            else if (std::isinf(values[x]))
                line[x] = table[values[x] > 0 ? 255 : 0];
            else
                line[x] = table[size_t(std::clamp(at, 0.0, 255.0))];
        }
    }
    m_map = image;
    m_overlay = cleared(image, m_data->values, std::max(std::abs(r.low), std::abs(r.high)));
    count();
    Q_EMIT mapChanged();
}

/// What is there already, until the values arrive.
void ChannelModel::paintFromAtlas()
{
    const OpPicture* picture = m_op->picture();
    if (!picture || picture->columns <= 0) {
        m_map = {};
        return;
    }
    const QPoint at(
        (m_channel % picture->columns) * (picture->tile.width() + picture->gap),
        (m_channel / picture->columns) * (picture->tile.height() + picture->gap));
    m_map = picture->atlas.copy({at, picture->tile});
}

void ChannelModel::count()
{
    const ChannelRange r = range();
    std::array<double, histogramBins> bins{};
    double most = 0;
    for (const float value : m_data->values) {
        if (value == 0.0F || !std::isfinite(value) || r.high <= r.low)
            continue;
        const double at = (double(value) - r.low) / (r.high - r.low) * histogramBins;
        double& bin = bins[size_t(std::clamp(at, 0.0, histogramBins - 1.0))];
        most = std::max(most, ++bin);
    }
    for (const double bin : bins)
        m_histogram.append(most > 0 ? bin / most : 0);
}

} // namespace inceptoscope
