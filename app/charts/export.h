#pragma once

#include "charts/drawing.h"

#include <QByteArray>
#include <QImage>

namespace inceptoscope {

/// An SVG document of the drawing, its texts as text. Needs a QGuiApplication, for its fonts.
[[nodiscard]] QByteArray toSvg(const Drawing& drawing, const QString& title);
/// `ratio`: pixels of a logical pixel.
[[nodiscard]] QImage toImage(const Drawing& drawing, double ratio = 2);

/// Writes by the file's ending, ".svg" or ".png", all of it or nothing. An empty string, or one
/// sentence that says why not.
[[nodiscard]] QString
saveDrawing(const Drawing& drawing, const QString& path, const QString& title);

} // namespace inceptoscope
