#pragma once

#include "session/session.h"

#include <QImage>
#include <QRectF>

namespace inceptoscope {

/// Eight bits, RGBA, opaque: what a Session takes. Grey and 16-bit pictures are converted,
/// what is transparent lies over white.
[[nodiscard]] QImage opaqueRgba(const QImage& picture);

/// `picture` in Format_RGBA8888 or RGBX8888; it must outlive the view.
[[nodiscard]] ImageView viewOf(const QImage& picture);

/// What a network sees of a picture, for display only: the network's own input is resized on
/// the device. Both take the crop from seenRect(), so that they show the same pixels.
struct SeenPicture
{
    QImage image; ///< resized and cropped to the input's size
    QRectF rect;  ///< the crop in the picture's pixels
};
[[nodiscard]] SeenPicture
seenBy(const Preprocessing& preprocessing, const Shape& input, const QImage& picture);

} // namespace inceptoscope
