#pragma once

#include <string>
#include <string_view>

namespace inceptoscope {

/// True for text behind UTF-16's byte order mark, in either order, as Windows' editors write it.
[[nodiscard]] bool isUtf16(std::string_view bytes);

/// Such text in UTF-8, without the mark; what is no character becomes U+FFFD.
[[nodiscard]] std::string fromUtf16(std::string_view bytes);

} // namespace inceptoscope
