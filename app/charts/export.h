#pragma once

#include "charts/drawing.h"

#include <QByteArray>
#include <QColor>
#include <QImage>

#include <functional>

namespace inceptoscope {

/// An SVG document of the drawing, its texts as text. Needs a QGuiApplication, for its fonts.
[[nodiscard]] QByteArray toSvg(const Drawing& drawing, const QString& title);
/// `ratio`: pixels of a logical pixel.
[[nodiscard]] QImage toImage(const Drawing& drawing, double ratio = 2);

/// One page of the drawing's size, its texts as text.
[[nodiscard]] QByteArray toPdf(const Drawing& drawing, const QString& title);
/// A file's content by its ending, "svg", "pdf" or "png"; `ratio` is that of a PNG. Empty where it
/// is too large.
[[nodiscard]] QByteArray
toBytes(const Drawing& drawing, const QString& suffix, const QString& title, double ratio = 2);

/// Whatever `paint` paints over the background, in logical pixels from (0, 0) to `size`. Pictures
/// in it keep their pixels.
struct Painting
{
    QSizeF size;
    QColor background;
    std::function<void(QPainter&)> paint;
};
[[nodiscard]] QByteArray
toBytes(const Painting& painting, const QString& suffix, const QString& title, double ratio = 2);
[[nodiscard]] QByteArray toPng(const QImage& image);

/// Writes by the file's ending, ".svg", ".pdf" or ".png", all of it or nothing. An empty string, or
/// one sentence that says why not.
[[nodiscard]] QString
saveDrawing(const Drawing& drawing, const QString& path, const QString& title);

} // namespace inceptoscope
