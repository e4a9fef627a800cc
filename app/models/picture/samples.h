#pragma once

#include <QUrl>
#include <QVariantList>

namespace inceptoscope {

/// Name of the bundled picture, which the window opens with.
inline constexpr const char* firstSample = "chelsea";

/// The pictures that come with the program, each {title, source}: what it shows, and its address
/// for App.openPicture() and Image. Rendered ones show classes of the bundled weights.
[[nodiscard]] QVariantList samplePictures();

/// A picture as an address names it: a sample by its file's name without the end ("chelsea"), any
/// other file by its path. Empty for what is no file of this computer.
[[nodiscard]] QString pictureName(const QUrl& url);
/// The way back, for App.openPicture().
[[nodiscard]] QUrl pictureUrl(const QString& name);

} // namespace inceptoscope
