#pragma once

#include <string>
#include <string_view>

namespace inceptoscope {

/// Text of a hostile file in a message: at most `most` bytes, and without control characters. Cuts
/// between characters of UTF-8, so that the message stays text where the file's was.
[[nodiscard]] std::string shown(std::string_view text, size_t most = 80);

} // namespace inceptoscope
