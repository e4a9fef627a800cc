#pragma once

#include "engine/run_snapshot.h"

#include <QColor>
#include <QRect>

class QPainter;

namespace inceptoscope {

/// Colours of figures, which are dark in both themes, as feature maps are best seen.
namespace ink {
inline constexpr QColor background(0x13, 0x16, 0x1B);
inline constexpr QColor card(0x1D, 0x22, 0x2A);
inline constexpr QColor line(0x4A, 0x53, 0x60);
inline constexpr QColor text(0xEC, 0xEF, 0xF3);
inline constexpr QColor dimText(0xA8, 0xB2, 0xBF);
inline constexpr QColor warningText(0xF0, 0xE4, 0x42);
inline constexpr QColor dark(0x10, 0x12, 0x16);
} // namespace ink

/// Pixels a unit of a figure, so that text and maps stay sharp when looked at closely.
inline constexpr int drawingScale = 2;

struct FigureText
{
    int pixels = 16;
    bool bold = false;
    QColor colour = ink::text;
};

/// One line, with an ellipsis where it doesn't fit; `flags` are those of QPainter::drawText().
void writeText(
    QPainter& painter, const QRect& where, const QString& what, const FigureText& how, int flags);

/// At the right of a header: the picture, and below it the weights.
void writeSource(
    QPainter& painter, const QRect& header, const QString& picture, const WeightsState& weights);

/// An op's maps, as large as fits into the middle of `area`. Enlarged ones show their values as
/// squares.
void paintMaps(QPainter& painter, const QRect& area, const OpPicture& picture);

/// Maps in other columns than they were asked for; tiles keep their pixels.
[[nodiscard]] OpPicture inColumns(const OpPicture& op, int columns);

} // namespace inceptoscope
