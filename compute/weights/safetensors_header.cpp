#include "weights/safetensors_header.h"

#include "error.h"
#include "weights/shown_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <set>

namespace inceptoscope {

namespace {

using nlohmann::json;

constexpr uint64_t lengthBytes = 8;
constexpr uint64_t maxHeaderBytes = 100'000'000; // the format's own limit
constexpr int maxDepth = 3;                      // root, tensor, array
constexpr const char* metadataKey = "__metadata__";

struct StoredType
{
    std::string_view name;
    uint64_t bytes;
    std::optional<DType> dtype = std::nullopt;
};
constexpr StoredType storedTypes[] = {
    {"F32", 4, DType::F32},
    {"F16", 2, DType::F16},
    {"BF16", 2, DType::BF16},
    {"BOOL", 1},
    {"U8", 1},
    {"I8", 1},
    {"F8_E5M2", 1},
    {"F8_E4M3", 1},
    {"I16", 2},
    {"U16", 2},
    {"I32", 4},
    {"U32", 4},
    {"F64", 8},
    {"I64", 8},
    {"U64", 8}};

class HeaderParser
{
public:
    explicit HeaderParser(const MappedFile& file)
        : m_file(file)
    {
    }

    SafetensorsHeader parse()
    {
        const json root = parseJson(headerText());
        if (!root.is_object())
            refuse("its header is not a JSON object");
        for (const auto& [key, value] : root.items()) {
            if (key == metadataKey)
                readMetadata(value);
            else
                readEntry(key, value);
        }
        checkCoverage();
        return std::move(m_header);
    }

private:
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorKind::BadInput, "weights: " + m_file.path() + ": " + why);
    }
    [[noreturn]] void refuse(const std::string& key, const std::string& why) const
    {
        refuse("tensor \"" + shown(key) + "\" " + why);
    }

    std::span<const std::byte> headerText()
    {
        if (m_file.size() < lengthBytes)
            refuse(
                "it is " + std::to_string(m_file.size()) +
                " bytes long, a safetensors file begins with 8 bytes of length");
        uint64_t length = 0;
        std::memcpy(&length, m_file.bytes(0, lengthBytes).data(), lengthBytes);
        const uint64_t rest = m_file.size() - lengthBytes;
        if (length > maxHeaderBytes)
            refuse(
                "its header is said to be " + std::to_string(length) +
                " bytes long, at most 100000000 are allowed; it is probably no safetensors file");
        if (length > rest)
            refuse(
                "its header is said to be " + std::to_string(length) +
                " bytes long, the file has " + std::to_string(rest) + " left; it is truncated");
        m_dataOffset = lengthBytes + length;
        m_dataBytes = m_file.size() - m_dataOffset;
        return m_file.bytes(lengthBytes, length);
    }

    json parseJson(std::span<const std::byte> text) const
    {
        std::set<std::string> keys;
        std::set<std::string> fields;
        const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
            if (depth > maxDepth)
                refuse("its header is nested deeper than " + std::to_string(maxDepth) + " levels");
            if (event == json::parse_event_t::array_start && depth == 0)
                refuse("its header is not a JSON object");
            if (event == json::parse_event_t::object_start && depth == 1)
                fields.clear();
            if (event == json::parse_event_t::key && depth < 3) {
                const auto name = parsed.get<std::string>();
                if (!(depth == 1 ? keys : fields).insert(name).second)
                    refuse("its header names \"" + shown(name) + "\" twice");
            }
            return true;
        };
        const auto* begin = reinterpret_cast<const char*>(text.data());
        const std::string_view view(begin, text.size());
        try {
            // The parser takes a NUL for the end and skips a byte order mark; JSON has neither.
            if (view.find('\0') == view.npos && !view.starts_with("\xef\xbb\xbf"))
                return json::parse(view.begin(), view.end(), watch);
        } catch (const json::exception&) {
        }
        refuse("its header is not JSON; it is damaged, or no safetensors file");
    }

    void readMetadata(const json& value)
    {
        if (!value.is_object())
            refuse("__metadata__ is not an object of strings");
        for (const auto& [key, text] : value.items()) {
            if (!text.is_string())
                refuse("__metadata__: \"" + shown(key) + "\" is not a string");
            m_header.metadata.emplace(key, text.get<std::string>());
        }
    }

    const StoredType& readType(const std::string& key, const json& value) const
    {
        const auto it = value.find("dtype");
        if (it == value.end() || !it->is_string())
            refuse(key, "has no dtype");
        const auto name = it->get<std::string>();
        const auto* type =
            std::find_if(std::begin(storedTypes), std::end(storedTypes), [&](const StoredType& t) {
                return t.name == name;
            });
        if (type == std::end(storedTypes))
            refuse(key, "has the unknown dtype \"" + shown(name) + "\"");
        return *type;
    }

    std::vector<uint64_t>
    readNumbers(const std::string& key, const json& value, const char* field, size_t most) const
    {
        const auto it = value.find(field);
        if (it == value.end() || !it->is_array())
            refuse(key, std::string("has no ") + field);
        std::vector<uint64_t> numbers;
        for (const json& n : *it) {
            if (!n.is_number_unsigned())
                refuse(
                    key, std::string("has ") + shown(n.dump()) + " in its " + field +
                             ", a whole number from 0 on was expected");
            numbers.push_back(n.get<uint64_t>());
        }
        if (numbers.size() > most)
            refuse(
                key, std::string("has ") + std::to_string(numbers.size()) + " numbers in its " +
                         field + ", at most " + std::to_string(most) + " are allowed");
        return numbers;
    }

    void readEntry(const std::string& key, const json& value)
    {
        if (!value.is_object())
            refuse(key, "is not described by an object");
        const StoredType& type = readType(key, value);
        SafetensorsEntry entry{
            .key = key, .dtype = type.dtype, .shape = readNumbers(key, value, "shape", 8)};
        const std::vector<uint64_t> range = readNumbers(key, value, "data_offsets", 2);
        if (range.size() != 2)
            refuse(key, "needs two data_offsets");
        if (range[0] > range[1])
            refuse(
                key, "begins at byte " + std::to_string(range[0]) + " and ends before it at " +
                         std::to_string(range[1]));
        if (range[1] > m_dataBytes)
            refuse(
                key, "ends at byte " + std::to_string(range[1]) + " of the data, the file has " +
                         std::to_string(m_dataBytes) + "; it is truncated");
        uint64_t bytes = type.bytes;
        for (const uint64_t d : entry.shape)
            if (__builtin_mul_overflow(bytes, d, &bytes))
                refuse(key, "has the impossible shape " + toString(entry.shape));
        if (bytes != range[1] - range[0])
            refuse(
                key, "is " + toString(entry.shape) + " of " + std::string(type.name) +
                         ", that is " + std::to_string(bytes) + " bytes, but has " +
                         std::to_string(range[1] - range[0]));
        entry.offset = m_dataOffset + range[0];
        entry.bytes = bytes;
        m_header.entries.push_back(std::move(entry));
    }

    void checkCoverage()
    {
        std::vector<SafetensorsEntry>& all = m_header.entries;
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return std::pair(a.offset, a.bytes) < std::pair(b.offset, b.bytes);
        });
        uint64_t end = m_dataOffset;
        for (const SafetensorsEntry& entry : all) {
            if (entry.offset < end)
                refuse(entry.key, "overlaps the one before it");
            if (entry.offset > end)
                refuse(
                    entry.key,
                    "leaves a gap of " + std::to_string(entry.offset - end) + " bytes before it");
            end = entry.offset + entry.bytes;
        }
        if (end != m_file.size())
            refuse(
                "it has " + std::to_string(m_file.size() - end) + " bytes behind its last tensor");
    }

    const MappedFile& m_file;
    SafetensorsHeader m_header;
    uint64_t m_dataOffset = 0;
    uint64_t m_dataBytes = 0;
};

} // namespace

SafetensorsHeader parseSafetensorsHeader(const MappedFile& file)
{
    return HeaderParser(file).parse();
}

} // namespace inceptoscope
