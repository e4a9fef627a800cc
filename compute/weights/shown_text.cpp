#include "weights/shown_text.h"

#include <cstdint>

namespace inceptoscope {

/// Bytes of the well-formed character of UTF-8 at `i`; 0 for anything else.
static size_t characterAt(std::string_view text, size_t i)
{
    const auto byte = [&](size_t at) { return uint8_t(text[at]); };
    const uint8_t c = byte(i);
    const size_t length = c < 0x80                ? 1
                          : c >= 0xc2 && c < 0xe0 ? 2
                          : c >= 0xe0 && c < 0xf0 ? 3
                          : c >= 0xf0 && c < 0xf5 ? 4
                                                  : 0;
    if (length == 0 || i + length > text.size())
        return 0;
    for (size_t k = 1; k < length; ++k)
        if ((byte(i + k) & 0xc0U) != 0x80)
            return 0;
    // Longer than needed, a lone surrogate, or beyond the last character.
    if ((c == 0xe0 && byte(i + 1) < 0xa0) || (c == 0xed && byte(i + 1) >= 0xa0) ||
        (c == 0xf0 && byte(i + 1) < 0x90) || (c == 0xf4 && byte(i + 1) >= 0x90))
        return 0;
    return length;
}

std::string shown(std::string_view text, size_t most)
{
    const bool cut = text.size() > most;
    if (cut) {
        size_t end = most;
        while (end > 0 && (uint8_t(text[end]) & 0xc0U) == 0x80)
            --end;
        text = text.substr(0, end);
    }
    std::string result;
    for (size_t i = 0; i < text.size();) {
        const auto c = uint8_t(text[i]);
        const size_t length = characterAt(text, i);
        // U+0080 to U+009F are terminals' control characters as well.
        const bool control =
            c < 32 || c == 127 || (length == 2 && c == 0xc2 && uint8_t(text[i + 1]) < 0xa0);
        if (length == 0 || control)
            result += '?';
        else
            result += text.substr(i, length);
        i += length == 0 ? 1 : length;
    }
    return cut ? result + "..." : result;
}

} // namespace inceptoscope
