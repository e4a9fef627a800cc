#pragma once

#include <QUrl>
#include <QVariantList>

namespace inceptoscope {

/// Names of those that the window opens with: a photograph, and a drawn picture for the weights
/// that come with the program, which were trained on such.
inline constexpr const char* photographSample = "chelsea";
inline constexpr const char* drawnSample = "city-skyline";

/// The pictures that come with the program, each {title, source}: what it shows, and its address
/// for Pictures::open() and Image. Rendered ones show classes of the bundled weights.
[[nodiscard]] QVariantList samplePictures();

/// A picture as an address names it: a sample by its file's name without the end ("chelsea"), any
/// other file by its path. Empty for what is no file of this computer.
[[nodiscard]] QString pictureName(const QUrl& url);
/// The way back, for Pictures::open().
[[nodiscard]] QUrl pictureUrl(const QString& name);
/// What loadPicture() takes; empty for what is not on this computer.
[[nodiscard]] QString picturePath(const QUrl& url);
/// What a sample shows; empty for any other picture.
[[nodiscard]] QString sampleTitle(const QUrl& url);

} // namespace inceptoscope
