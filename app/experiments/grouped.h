#pragma once

#include <cstdint>
#include <string>

namespace inceptoscope {

/// "303,464,448": every digit counts where figures are compared.
[[nodiscard]] inline std::string grouped(uint64_t value)
{
    std::string text = std::to_string(value);
    for (auto at = std::ptrdiff_t(text.size()) - 3; at > 0; at -= 3)
        text.insert(size_t(at), 1, ',');
    return text;
}

} // namespace inceptoscope
