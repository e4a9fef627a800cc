#include "charts/drawing.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>
#include <numbers>

namespace inceptoscope {

namespace {

QPolygonF regular(int corners, double radius, double turn)
{
    QPolygonF outline;
    for (int i = 0; i < corners; ++i) {
        const double angle = turn + 2 * std::numbers::pi * i / corners;
        outline << QPointF(radius * std::sin(angle), -radius * std::cos(angle));
    }
    return outline;
}

QPolygonF plus(double radius, double turn)
{
    const double arm = radius * 0.38;
    QPolygonF outline;
    for (int quarter = 0; quarter < 4; ++quarter) {
        const double angle = turn + quarter * std::numbers::pi / 2;
        const auto rotated = [angle](double x, double y) {
            return QPointF(
                x * std::cos(angle) - y * std::sin(angle),
                x * std::sin(angle) + y * std::cos(angle));
        };
        outline << rotated(-arm, -radius) << rotated(arm, -radius) << rotated(arm, -arm);
    }
    return outline;
}

QPen pen(const QColor& color, double width)
{
    return color.isValid() ? QPen(color, width) : QPen(Qt::NoPen);
}

QBrush brush(const QColor& color)
{
    return color.isValid() ? QBrush(color) : QBrush(Qt::NoBrush);
}

void paintItem(QPainter& painter, const DrawnArea& area)
{
    painter.setPen(pen(area.edge, area.edgeWidth));
    painter.setBrush(brush(area.fill));
    if (area.radius > 0)
        painter.drawRoundedRect(area.rect, area.radius, area.radius);
    else
        painter.drawRect(area.rect);
}

void paintItem(QPainter& painter, const DrawnLine& line)
{
    QPen stroke(line.color, line.width, line.dashed ? Qt::DashLine : Qt::SolidLine);
    stroke.setJoinStyle(Qt::RoundJoin);
    painter.setPen(stroke);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line.points);
}

void paintItem(QPainter& painter, const DrawnMarker& marker)
{
    painter.setPen(pen(marker.edge, marker.edgeWidth));
    painter.setBrush(brush(marker.fill));
    if (marker.shape == MarkerShape::Circle)
        painter.drawEllipse(marker.at, marker.radius, marker.radius);
    else
        painter.drawPolygon(markerOutline(marker.shape, marker.radius).translated(marker.at));
}

void paintItem(QPainter& painter, const DrawnText& text)
{
    painter.setPen(text.color);
    painter.setFont(text.font);
    const QFontMetricsF metrics(text.font);
    if (!text.upright) {
        painter.drawText(QPointF(text.box.left(), text.box.top() + metrics.ascent()), text.text);
        return;
    }
    painter.save();
    painter.translate(text.box.left() + metrics.ascent(), text.box.bottom());
    painter.rotate(-90);
    painter.drawText(QPointF(0, 0), text.text);
    painter.restore();
}

void paintItem(QPainter& painter, const DrawnPicture& picture)
{
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(picture.rect, picture.image);
}

} // namespace

QPolygonF markerOutline(MarkerShape shape, double radius)
{
    constexpr double pi = std::numbers::pi;
    switch (shape) {
    case MarkerShape::Circle:
        return regular(24, radius, 0);
    case MarkerShape::Square:
        return regular(4, radius * 1.2, pi / 4);
    case MarkerShape::Diamond:
        return regular(4, radius * 1.25, 0);
    case MarkerShape::Triangle:
        return regular(3, radius * 1.3, 0);
    case MarkerShape::TriangleDown:
        return regular(3, radius * 1.3, pi);
    case MarkerShape::Plus:
        return plus(radius * 1.15, 0);
    case MarkerShape::Cross:
        return plus(radius * 1.15, pi / 4);
    case MarkerShape::Hexagon:
        return regular(6, radius * 1.1, 0);
    }
    return {};
}

int Drawing::hit(QPointF at) const
{
    int found = -1;
    double nearest = 0;
    for (const Target& target : targets) {
        if (!target.area.contains(at))
            continue;
        const QPointF off = at - target.area.center();
        if (!target.round) {
            found = target.index;
            nearest = std::hypot(off.x(), off.y());
            continue;
        }
        const double x = 2 * off.x() / target.area.width();
        const double y = 2 * off.y() / target.area.height();
        const double distance = std::hypot(off.x(), off.y());
        if (std::hypot(x, y) <= 1 && (found < 0 || distance < nearest)) {
            found = target.index;
            nearest = distance;
        }
    }
    return found;
}

QRectF Drawing::areaOf(int index) const
{
    for (const Target& target : targets)
        if (target.index == index)
            return target.area;
    return {};
}

std::vector<DrawnText> Drawing::texts() const
{
    std::vector<DrawnText> result;
    for (const DrawnItem& item : items)
        if (const auto* text = std::get_if<DrawnText>(&item))
            result.push_back(*text);
    return result;
}

void paint(QPainter& painter, const Drawing& drawing)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (drawing.background.isValid())
        painter.fillRect(QRectF({0, 0}, drawing.size), drawing.background);
    for (const DrawnItem& item : drawing.items)
        std::visit([&](const auto& shape) { paintItem(painter, shape); }, item);
}

QSizeF textSize(const QString& text, const QFont& font)
{
    const QFontMetricsF metrics(font);
    return {metrics.horizontalAdvance(text), metrics.height()};
}

QString fitted(const QString& text, const QFont& font, double width, Qt::TextElideMode elide)
{
    const QFontMetricsF metrics(font);
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    const QString shorter = metrics.elidedText(text, elide, width);
    return shorter.size() < 3 || metrics.horizontalAdvance(shorter) > width ? QString() : shorter;
}

QStringList wrapped(const QString& text, const QFont& font, double width, int mostLines)
{
    QStringList lines;
    QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    while (!words.isEmpty() && lines.size() < mostLines) {
        QString line = words.takeFirst();
        while (!words.isEmpty() && textSize(line + u' ' + words.front(), font).width() <= width)
            line += u' ' + words.takeFirst();
        if (lines.size() + 1 == mostLines && !words.isEmpty())
            line += u' ' + words.join(u' ');
        line = fitted(line, font, width);
        if (line.isEmpty())
            break;
        lines << line;
    }
    return lines;
}

DrawnText textIn(
    const QRectF& room, Qt::Alignment align, const QString& text, const QFont& font,
    const QColor& color)
{
    QRectF box(room.topLeft(), textSize(text, font));
    if (align & Qt::AlignRight)
        box.moveRight(room.right());
    else if (align & Qt::AlignHCenter)
        box.moveLeft(room.center().x() - box.width() / 2);
    if (align & Qt::AlignBottom)
        box.moveBottom(room.bottom());
    else if (align & Qt::AlignVCenter)
        box.moveTop(room.center().y() - box.height() / 2);
    return {.text = text, .box = box, .font = font, .color = color};
}

} // namespace inceptoscope
