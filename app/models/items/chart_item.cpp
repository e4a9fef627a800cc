#include "models/items/chart_item.h"

#include "charts/export.h"
#include "models/save/save_content.h"

#include <algorithm>

namespace inceptoscope {

ChartItem::ChartItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
    setAntialiasing(true);
}

void ChartItem::setChart(const ChartPtr& chart)
{
    if (chart == m_chart)
        return;
    m_chart = chart;
    setHovered(-1, {});
    updateNeededHeight();
    polish();
    Q_EMIT chartChanged();
}

void ChartItem::setSelected(const QList<int>& selected)
{
    if (selected == m_selected)
        return;
    m_selected = selected;
    polish();
    Q_EMIT selectedChanged();
}

void ChartItem::setDark(bool dark)
{
    if (dark == m_dark)
        return;
    m_dark = dark;
    polish();
    Q_EMIT themeChanged();
}

void ChartItem::setUnit(double unit)
{
    if (unit == m_unit)
        return;
    m_unit = unit;
    updateNeededHeight();
    polish();
    Q_EMIT themeChanged();
}

void ChartItem::setBackground(const QColor& color)
{
    if (color == m_background)
        return;
    m_background = color;
    polish();
    Q_EMIT themeChanged();
}

QString ChartItem::tip(int index) const
{
    return m_chart ? tipOf(*m_chart, index) : QString();
}

int ChartItem::next(int by) const
{
    std::vector<int> drawn;
    for (const Target& target : m_drawing.targets)
        drawn.push_back(target.index);
    if (drawn.empty())
        return -1;
    std::sort(drawn.begin(), drawn.end());
    const auto at = m_selected.isEmpty() ? drawn.end()
                                         : std::find(drawn.begin(), drawn.end(), m_selected.back());
    if (at == drawn.end())
        return drawn.front();
    const auto to =
        std::clamp<std::ptrdiff_t>(at - drawn.begin() + by, 0, std::ptrdiff_t(drawn.size()) - 1);
    return drawn[size_t(to)];
}

Drawing ChartItem::figure() const
{
    ChartView view = m_view;
    view.theme = chartTheme(m_dark, m_unit);
    view.hovered = -1;
    return layOut(*m_chart, view);
}

QVariant ChartItem::content(const QString& suffix, const QString& title, int scale) const
{
    if (!m_chart)
        return {};
    return QVariant::fromValue(SaveContent{[drawing = figure(), suffix, title, scale] {
        return toBytes(drawing, suffix, title, scale);
    }});
}

QImage ChartItem::picture() const
{
    return m_chart ? toImage(figure()) : QImage();
}

void ChartItem::paint(QPainter* painter)
{
    inceptoscope::paint(*painter, m_drawing);
}

// Once a frame, however many properties changed before it.
void ChartItem::updatePolish()
{
    m_view.size = size();
    m_view.theme = chartTheme(m_dark, m_unit);
    if (m_background.isValid())
        m_view.theme.background = m_background;
    m_view.selected.assign(m_selected.begin(), m_selected.end());
    m_drawing = m_chart && width() > 1 && height() > 1 ? layOut(*m_chart, m_view) : blank(m_view);
    update();
}

void ChartItem::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickPaintedItem::geometryChange(now, before);
    if (now.width() != before.width())
        updateNeededHeight();
    if (now.size() != before.size())
        polish();
}

void ChartItem::updateNeededHeight()
{
    const double height =
        m_chart && width() > 1
            ? inceptoscope::neededHeight(*m_chart, chartTheme(m_dark, m_unit), width())
            : 0;
    if (height == m_neededHeight)
        return;
    m_neededHeight = height;
    Q_EMIT neededHeightChanged();
}

void ChartItem::setHovered(int index, QPointF at)
{
    m_hoveredAt = at;
    if (index != m_view.hovered) {
        m_view.hovered = index;
        polish();
    }
    Q_EMIT hoveredChanged();
}

void ChartItem::hoverMoveEvent(QHoverEvent* event)
{
    setHovered(m_drawing.hit(event->position()), event->position());
}

void ChartItem::hoverLeaveEvent(QHoverEvent*)
{
    setHovered(-1, {});
}

void ChartItem::mousePressEvent(QMouseEvent* event)
{
    const int index = m_drawing.hit(event->position());
    if (index >= 0)
        Q_EMIT picked(index);
}

void ChartItem::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int index = m_drawing.hit(event->position());
    if (index >= 0)
        Q_EMIT opened(index);
}

} // namespace inceptoscope
