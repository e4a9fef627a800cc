#include "shown_text.h"

#include <cstdint>
#include <cstdio>

namespace inceptoscope {

namespace {

/// The number of the character of `length` bytes at `i`.
uint32_t codePoint(std::string_view text, size_t i, size_t length)
{
    if (length == 1)
        return uint8_t(text[i]);
    uint32_t code = uint8_t(text[i]) & (0xffU >> (length + 1));
    for (size_t k = 1; k < length; ++k)
        code = code << 6U | (uint8_t(text[i + k]) & 0x3fU);
    return code;
}

/// Control characters, those that terminals know above 127 as well; line and paragraph
/// separators; embeddings, overrides and isolates of the direction of writing.
bool isObeyed(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

/// `text` with `replaced(code)` in place of what is obeyed; code 0xfffd: it is no UTF-8.
template <class Replaced> std::string filtered(std::string_view text, const Replaced& replaced)
{
    std::string result;
    result.reserve(text.size());
    for (size_t i = 0; i < text.size();) {
        const size_t length = characterLength(text, i);
        const uint32_t code = length == 0 ? 0xfffd : codePoint(text, i, length);
        if (length == 0 || isObeyed(code))
            result += replaced(code);
        else
            result += text.substr(i, length);
        i += length == 0 ? 1 : length;
    }
    return result;
}

} // namespace

size_t characterLength(std::string_view text, size_t i)
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

std::string shownLine(std::string_view text)
{
    return filtered(text, [](uint32_t code) { return code == '\n' || code == 0x2028 ? ' ' : '?'; });
}

std::string shownLines(std::string_view text)
{
    return filtered(text, [](uint32_t code) { return code == '\n' ? '\n' : '?'; });
}

std::string shownJson(std::string_view json)
{
    return filtered(json, [](uint32_t code) -> std::string {
        if (code == '\n')
            return "\n"; // between values; in texts it is written as \n already
        char escape[8];
        std::snprintf(escape, sizeof escape, "\\u%04x", unsigned(code) & 0xffffU);
        return escape;
    });
}

std::string shown(std::string_view text, size_t most)
{
    const auto word = [](std::string_view part) {
        return filtered(part, [](uint32_t) { return '?'; });
    };
    if (text.size() <= most)
        return word(text);
    size_t end = most;
    while (end > 0 && (uint8_t(text[end]) & 0xc0U) == 0x80)
        --end;
    return word(text.substr(0, end)) + "...";
}

} // namespace inceptoscope
