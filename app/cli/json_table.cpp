#include "cli/json_table.h"

#include "ascii.h"

namespace inceptoscope {

namespace {

std::string cell(const Json& value)
{
    if (value.is_null())
        return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string csvCell(const Json& value)
{
    std::string text = cell(value);
    if (text.find_first_of(",\"\n") == std::string::npos)
        return text;
    for (size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2)
        text.insert(at, 1, '"');
    return '"' + text + '"';
}

} // namespace

std::string toCsv(const Json& rows)
{
    std::string text;
    for (const auto& [key, value] : rows.front().items())
        text += (text.empty() ? "" : ",") + key;
    text += "\n";
    for (const Json& row : rows) {
        std::string line;
        for (const auto& [key, value] : row.items())
            line += (line.empty() ? "" : ",") + csvCell(value);
        text += line + "\n";
    }
    return text;
}

std::string toTable(const Json& rows)
{
    std::vector<std::string> header;
    for (const auto& [key, value] : rows.front().items()) {
        std::string title;
        for (const char c : key)
            title += c == '_' ? ' ' : ascii::upper(c);
        header.push_back((value.is_number() ? ">" : "") + title);
    }
    Table table(std::move(header));
    for (const Json& row : rows) {
        std::vector<std::string> cells;
        for (const auto& [key, value] : row.items())
            cells.push_back(value.is_boolean() ? (value.get<bool>() ? "yes" : "") : cell(value));
        table.add(std::move(cells));
    }
    return table.text();
}

} // namespace inceptoscope
