#pragma once

#include "models/picture/file_bytes.h"

#include <QImage>

namespace inceptoscope {

/// How a PNG (eXIf chunk, or the text older programs put there) or a WebP (EXIF chunk) lies,
/// 1 to 8 as EXIF counts; 1, upright, for all others: Qt turns JPEG and TIFF itself.
[[nodiscard]] int exifOrientation(FileBytes file);

[[nodiscard]] QImage turnedUpright(const QImage& image, int orientation);

} // namespace inceptoscope
