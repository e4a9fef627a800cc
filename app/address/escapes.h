#pragma once

#include <optional>
#include <string>

namespace inceptoscope {

/// The bytes that an escaped text means; nullopt for a % without two digits.
[[nodiscard]] std::optional<std::string> unescaped(const std::string& text);
/// Everything but letters, digits and - . _ / : as % and two digits.
[[nodiscard]] std::string escaped(const std::string& bytes);
[[nodiscard]] bool isUtf8(const std::string& bytes);
[[nodiscard]] bool hasControls(const std::string& bytes);

} // namespace inceptoscope
