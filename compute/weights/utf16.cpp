#include "weights/utf16.h"

#include <cstdint>

namespace inceptoscope {

namespace {

constexpr uint32_t replacement = 0xfffd;

bool isHigh(uint32_t unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

bool isLow(uint32_t unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

void append(std::string& text, uint32_t character)
{
    const auto tail = [&](unsigned shift) { text += char(0x80U | ((character >> shift) & 0x3fU)); };
    if (character < 0x80) {
        text += char(character);
    } else if (character < 0x800) {
        text += char(0xc0U | (character >> 6U));
        tail(0);
    } else if (character < 0x10000) {
        text += char(0xe0U | (character >> 12U));
        tail(6);
        tail(0);
    } else {
        text += char(0xf0U | (character >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

} // namespace

bool isUtf16(std::string_view bytes)
{
    return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
}

std::string fromUtf16(std::string_view bytes)
{
    const bool little = bytes.starts_with("\xff\xfe");
    const size_t units = bytes.size() / 2;
    const auto unit = [&](size_t i) {
        const auto first = uint32_t(uint8_t(bytes[2 * i]));
        const auto second = uint32_t(uint8_t(bytes[2 * i + 1]));
        return little ? first | second << 8U : first << 8U | second;
    };
    std::string text;
    for (size_t i = 1; i < units; ++i) {
        uint32_t character = unit(i);
        if (isHigh(character) && i + 1 < units && isLow(unit(i + 1)))
            character = 0x10000 + ((character - 0xd800) << 10U) + (unit(++i) - 0xdc00);
        else if (isHigh(character) || isLow(character))
            character = replacement;
        append(text, character);
    }
    if (bytes.size() % 2 != 0)
        append(text, replacement);
    return text;
}

} // namespace inceptoscope
