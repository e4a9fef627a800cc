#pragma once

#include "charts/theme.h"

#include <QImage>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <variant>
#include <vector>

class QPainter;

namespace inceptoscope {

struct DrawnText
{
    QString text;
    QRectF box; ///< what the text covers as it is drawn; upright text fits into it turned
    QFont font;
    QColor color;
    bool upright = false; ///< reads from below to above
};

struct DrawnLine
{
    QPolygonF points;
    QColor color;
    double width = 1;
    bool dashed = false;
};

struct DrawnArea
{
    QRectF rect;
    QColor fill; ///< invalid: none
    QColor edge; ///< invalid: none
    double edgeWidth = 1;
    double radius = 0;
};

struct DrawnMarker
{
    QPointF at;
    double radius = 4;
    MarkerShape shape = MarkerShape::Circle;
    QColor fill;
    QColor edge;
    double edgeWidth = 1;
};

/// Pixels; enlarged ones stay squares.
struct DrawnPicture
{
    QRectF rect;
    QImage image;
};

using DrawnItem = std::variant<DrawnArea, DrawnLine, DrawnMarker, DrawnText, DrawnPicture>;

/// Where the pointer finds a datum.
struct Target
{
    QRectF area;
    int index = 0;
    bool round = false; ///< the ellipse in `area` rather than all of it
};

/// A chart laid out for one size and theme: a list of shapes that is painted the same on screen,
/// into SVG and into PNG, and can be looked through by tests. Logical pixels.
struct Drawing
{
    QSizeF size;
    QColor background;
    std::vector<DrawnItem> items; ///< back to front
    std::vector<Target> targets;  ///< back to front

    /// Index of the datum at a point, the nearest where several overlap; -1 for none.
    [[nodiscard]] int hit(QPointF at) const;
    /// Where a datum is; an empty rectangle where it isn't drawn.
    [[nodiscard]] QRectF areaOf(int index) const;
    [[nodiscard]] std::vector<DrawnText> texts() const;
};

void paint(QPainter& painter, const Drawing& drawing);

/// What paint() draws for a marker, around the origin.
[[nodiscard]] QPolygonF markerOutline(MarkerShape shape, double radius);

[[nodiscard]] QSizeF textSize(const QString& text, const QFont& font);
/// `text`, shortened with an ellipsis to what fits; empty where not even two letters do. `elide`:
/// where the ellipsis is.
[[nodiscard]] QString fitted(
    const QString& text, const QFont& font, double width, Qt::TextElideMode elide = Qt::ElideRight);
/// `text` in lines, at most so many; the last is shortened to what fits. None where not even that
/// does.
[[nodiscard]] QStringList
wrapped(const QString& text, const QFont& font, double width, int mostLines);
/// Text whose box is placed by `align` in `room`: Qt::AlignLeft, AlignRight, AlignHCenter with
/// AlignTop, AlignBottom, AlignVCenter.
[[nodiscard]] DrawnText textIn(
    const QRectF& room, Qt::Alignment align, const QString& text, const QFont& font,
    const QColor& color);

} // namespace inceptoscope
