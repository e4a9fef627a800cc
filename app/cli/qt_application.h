#pragma once

#include <QImage>

#include <memory>
#include <string>

class QCoreApplication;
class QGuiApplication;

namespace inceptoscope {

/// Qt wants an application object for its image plugins; this one needs no display.
[[nodiscard]] std::unique_ptr<QCoreApplication> makeCoreApplication();
/// The window's, which needs one.
[[nodiscard]] std::unique_ptr<QGuiApplication> makeGuiApplication();
/// One that can draw text, still without a display.
[[nodiscard]] std::unique_ptr<QGuiApplication> makeOffscreenApplication();

/// Reads a picture file. Some pictures hold text: makeOffscreenApplication() first. Throws
/// Error(BadInput).
[[nodiscard]] QImage readPicture(const std::string& path);

} // namespace inceptoscope
