#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace inceptoscope {

/// Bytes of the well-formed character of UTF-8 at `i`; 0 for anything else.
[[nodiscard]] size_t characterLength(std::string_view text, size_t i);

/// Text from anywhere in one line for people: a terminal obeys control characters, and what turns
/// the direction of writing or begins a line makes text look like another one. Line breaks become
/// spaces; the others, and what is no UTF-8, a question mark.
[[nodiscard]] std::string shownLine(std::string_view text);
/// The same for text of several lines, which keeps its '\n'.
[[nodiscard]] std::string shownLines(std::string_view text);
/// The same for JSON that is made already: there they are written as \uXXXX.
[[nodiscard]] std::string shownJson(std::string_view json);

/// A name from a hostile file in a message, at most `most` bytes of it: line breaks are question
/// marks, too, since a name has none. Cuts between characters of UTF-8, so that the message stays
/// text where the file's was.
[[nodiscard]] std::string shown(std::string_view text, size_t most = 80);

} // namespace inceptoscope
