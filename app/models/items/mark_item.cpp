#include "models/items/mark_item.h"

#include "charts/drawing.h"

#include <algorithm>

namespace inceptoscope {

MarkItem::MarkItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

void MarkItem::setShape(int shape)
{
    if (shape == m_shape)
        return;
    m_shape = shape;
    update();
    Q_EMIT changed();
}

void MarkItem::setColor(const QColor& color)
{
    if (color == m_color)
        return;
    m_color = color;
    update();
    Q_EMIT changed();
}

void MarkItem::paint(QPainter* painter)
{
    const double radius = std::min(width(), height()) / 2.6;
    const DrawnMarker marker{
        .at = {width() / 2, height() / 2},
        .radius = radius,
        .shape = markOf(m_shape).shape,
        .fill = m_color,
        .edge = {}};
    const Drawing drawing{.size = size(), .background = {}, .items = {marker}, .targets = {}};
    inceptoscope::paint(*painter, drawing);
}

} // namespace inceptoscope
