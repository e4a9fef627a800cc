#pragma once

#include <string>
#include <string_view>

namespace inceptoscope {

/// Text of a hostile file in a message: short, and without control characters. Cuts between
/// characters of UTF-8, so that the message stays text where the file's was.
[[nodiscard]] std::string shown(std::string_view text);

} // namespace inceptoscope
