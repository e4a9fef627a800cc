#pragma once

#include <QVariantList>

namespace inceptoscope {

/// The pictures that come with the program, each {title, source}: what it shows, and its address
/// for App.openPicture() and Image. Rendered ones show classes of the bundled weights.
[[nodiscard]] QVariantList samplePictures();

} // namespace inceptoscope
