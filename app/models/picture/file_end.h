#pragma once

#include "models/picture/file_bytes.h"

namespace inceptoscope {

/// A file of this kind, as QImageReader::format() calls it, ends before its picture does. Most of
/// Qt's readers fill in what is missing and say nothing. What follows a picture is not looked at:
/// phones put videos there. False for kinds that are not known here.
[[nodiscard]] bool isCutShort(FileBytes file, const QByteArray& format);

} // namespace inceptoscope
