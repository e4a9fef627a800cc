#include "models/items/wall_item.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QtConcurrentRun>

#include <cmath>

namespace inceptoscope {

namespace {

/// Walls that are being painted. Only the thread of the views counts.
int painting = 0;

} // namespace

bool WallItem::idle()
{
    return painting == 0;
}

WallItem::WallItem(QQuickItem* parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
    connect(&m_watcher, &QFutureWatcher<QImage>::finished, this, &WallItem::painted);
}

WallItem::~WallItem()
{
    if (m_painting)
        --painting; // painted() will not be called
}

void WallItem::setOp(OpItem* op)
{
    if (op == m_op)
        return;
    if (m_op)
        m_op->disconnect(this);
    m_op = op;
    if (op)
        connect(op, &OpItem::pictureChanged, this, &WallItem::changed);
    Q_EMIT opChanged();
    changed();
}

void WallItem::setFirstChannel(int channel)
{
    if (channel == m_first)
        return;
    m_first = channel;
    Q_EMIT opChanged();
    changed();
}

void WallItem::setChannelCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    Q_EMIT opChanged();
    changed();
}

void WallItem::setGap(double gap)
{
    if (gap == m_gap)
        return;
    m_gap = gap;
    Q_EMIT opChanged();
    changed();
}

void WallItem::setEmptyColor(const QColor& color)
{
    if (color == m_empty)
        return;
    m_empty = color;
    Q_EMIT opChanged();
    changed();
}

double WallItem::ratio() const
{
    return window() ? window()->effectiveDevicePixelRatio() : 1.0;
}

int WallItem::channelAt(double x, double y) const
{
    const int index = m_layout.at(QPointF(x, y) * ratio());
    return index < 0 ? -1 : m_first + index;
}

QRectF WallItem::tileRect(int channel) const
{
    const QRect rect = m_layout.tileRect(channel - m_first);
    const double scale = 1.0 / ratio();
    return {rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale};
}

void WallItem::changed()
{
    polish();
}

// Polishing happens once a frame, however many properties changed before it.
void WallItem::updatePolish()
{
    if (!m_op || !window() || width() < 1 || height() < 1)
        return;
    const QSize area(int(width() * ratio()), int(height() * ratio()));
    const int available = m_op->channels() - m_first;
    const int count = m_count > 0 ? std::min(m_count, available) : available;
    const QSize map(int(m_op->shape().w), int(m_op->shape().h));
    m_layout = layoutWall(area, count, map, std::max(1, int(std::lround(m_gap * ratio()))));
    Q_EMIT layoutChanged();
    if (m_painting) {
        m_again = true;
        return;
    }
    WallRequest request{
        .pictures = m_op->picture() ? m_op->pictures() : nullptr,
        .node = NodeId(m_op->node()),
        .firstChannel = m_first,
        .layout = m_layout,
        .area = area,
        .empty = m_empty};
    m_painting = true;
    ++painting;
    m_watcher.setFuture(QtConcurrent::run(paintWall, std::move(request)));
}

void WallItem::painted()
{
    m_painting = false;
    --painting;
    m_image = m_watcher.result();
    m_dirty = true;
    update();
    if (m_again) {
        m_again = false;
        polish();
    }
}

QSGNode* WallItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    auto* node = static_cast<QSGImageNode*>(old);
    if (m_image.isNull()) {
        delete node;
        return nullptr;
    }
    if (!node) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        m_dirty = true;
    }
    if (m_dirty) {
        node->setTexture(
            window()->createTextureFromImage(m_image, QQuickWindow::TextureHasAlphaChannel));
        node->setSourceRect({QPointF(0, 0), QSizeF(m_image.size())});
        m_dirty = false;
    }
    // The picture has the screen's own pixels: it must lie on them exactly.
    const QSizeF drawn = QSizeF(m_image.size()) / ratio();
    const bool fits = std::abs(drawn.width() - width()) < 1.5 / ratio() &&
                      std::abs(drawn.height() - height()) < 1.5 / ratio();
    node->setFiltering(fits ? QSGTexture::Nearest : QSGTexture::Linear);
    node->setRect(fits ? QRectF(QPointF(0, 0), drawn) : boundingRect());
    return node;
}

void WallItem::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickItem::geometryChange(now, before);
    if (now.size() != before.size())
        changed();
}

void WallItem::itemChange(ItemChange change, const ItemChangeData& data)
{
    QQuickItem::itemChange(change, data);
    if (change == ItemSceneChange || change == ItemDevicePixelRatioHasChanged)
        changed();
}

} // namespace inceptoscope
