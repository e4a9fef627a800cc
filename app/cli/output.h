#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace inceptoscope {

using Json = nlohmann::ordered_json;

/// To standard output, in lines without anything that a terminal obeys (shown_text.h). A reader
/// that closed its end is no error; a full disk is (Error(Io)).
void writeOutput(const std::string& text);
void writeJson(const Json& json);
/// One line on standard error.
void note(const std::string& message);

/// `value` in that many significant digits, so that a float's noise isn't printed.
[[nodiscard]] double rounded(double value, int digits);

/// Throws Error(Io) unless a file can be written at `path` (files/output_file.h), before anything
/// long is begun.
void requireWritable(const std::filesystem::path& path);

/// Text in aligned columns. Cells that are numbers go to the right.
class Table
{
public:
    /// A leading '>' puts the column to the right and is not printed.
    explicit Table(std::vector<std::string> header);
    void add(std::vector<std::string> row);
    [[nodiscard]] std::string text() const;

private:
    std::vector<bool> m_right;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace inceptoscope
