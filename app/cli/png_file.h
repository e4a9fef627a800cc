#pragma once

#include <QImage>

#include <filesystem>

namespace inceptoscope {

/// Writes a PNG as files/output_file.h writes: a reader never sees half a file. Throws Error(Io)
/// and, where the picture is too large for memory, Error(OutOfMemory).
void writePng(const QImage& image, const std::filesystem::path& path);

} // namespace inceptoscope
