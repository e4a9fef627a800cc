#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

/// In lower case and without underscores: "Mixed_5b" and "mixed5b" are alike.
[[nodiscard]] std::string normalised(std::string_view name);

/// The one that was probably meant by `word`; empty where none is near it.
[[nodiscard]] std::string
closestName(const std::string& word, const std::vector<std::string>& known);

} // namespace inceptoscope
