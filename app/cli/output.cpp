#include "cli/output.h"

#include "ascii.h"
#include "error.h"
#include "files/output_file.h"
#include "files/system_reason.h"
#include "shown_text.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace inceptoscope {

namespace {

/// Characters, not bytes, of UTF-8 text.
size_t width(const std::string& text)
{
    return size_t(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

} // namespace

/// As it is, to standard output.
static void writeRaw(const std::string& text)
{
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
        return;
    const int reason = errno;
    std::clearerr(stdout);
    if (reason != EPIPE)
        throw cannotBeWritten("standard output", reason);
}

void writeOutput(const std::string& text)
{
    writeRaw(shownLines(text));
}

void writeJson(const Json& json)
{
    writeRaw(shownJson(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n");
}

void note(const std::string& message)
{
    std::fprintf(stderr, "inceptoscope: %s\n", shownLine(message).c_str());
}

double rounded(double value, int digits)
{
    if (value == 0 || !std::isfinite(value))
        return value;
    // By way of text: multiplying by powers of ten would bring the noise back.
    const std::string text = ascii::general(value, digits);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void requireWritable(const std::filesystem::path& path)
{
    if (path.empty())
        throw Error(ErrorKind::Usage, "-o: a file name was expected");
    try {
        requireOutputFile(path);
    } catch (const Error& error) {
        throw Error(error.kind(), std::string("-o: ") + error.what());
    }
}

Table::Table(std::vector<std::string> header)
{
    for (std::string& title : header) {
        m_right.push_back(title.starts_with('>'));
        if (m_right.back())
            title.erase(0, 1);
    }
    m_rows.push_back(std::move(header));
}

void Table::add(std::vector<std::string> row)
{
    for (std::string& cell : row)
        cell = shownLine(cell);
    row.resize(m_right.size());
    m_rows.push_back(std::move(row));
}

std::string Table::text() const
{
    std::vector<size_t> widths(m_right.size(), 0);
    for (const auto& row : m_rows)
        for (size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    std::string text;
    for (const auto& row : m_rows) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i) {
            const std::string space(widths[i] - width(row[i]), ' ');
            line += (i > 0 ? "  " : "") + (m_right[i] ? space + row[i] : row[i] + space);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

} // namespace inceptoscope
