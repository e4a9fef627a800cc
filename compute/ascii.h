#pragma once

#include <array>
#include <charconv>
#include <string>
#include <string_view>

/// Letters, digits and numbers as file formats and our own output have them, in whatever locale:
/// Turkish has another lower case for 'I', half the world another decimal point, and libraries
/// (GStreamer, GTK) set the process's locale when they are first used.
namespace inceptoscope::ascii {

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr char upper(char c)
{
    return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
}

[[nodiscard]] inline std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = lower(c);
    return result;
}

[[nodiscard]] inline std::string number(double value, std::chars_format format, int precision)
{
    std::array<char, 400> text{}; // the longest double has 309 digits before its point
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, format, precision).ptr;
    return {text.data(), end};
}

/// As printf's %.Nf, at most 60 decimals.
[[nodiscard]] inline std::string fixed(double value, int decimals)
{
    return number(value, std::chars_format::fixed, decimals);
}

/// As printf's %.Ng, at most 60 digits.
[[nodiscard]] inline std::string general(double value, int digits)
{
    return number(value, std::chars_format::general, digits);
}

} // namespace inceptoscope::ascii
