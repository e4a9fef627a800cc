#pragma once

#include "error.h"

#include <filesystem>
#include <string>

namespace inceptoscope {

/// What the system says to an errno, in English and without a capital: "permission denied".
[[nodiscard]] std::string systemReason(int error);

/// Error(Io) "PATH can't be written: REASON".
[[nodiscard]] Error cannotBeWritten(const std::filesystem::path& path, const std::string& reason);
[[nodiscard]] Error cannotBeWritten(const std::filesystem::path& path, int error);

} // namespace inceptoscope
