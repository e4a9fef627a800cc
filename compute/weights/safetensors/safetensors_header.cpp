#include "weights/safetensors/safetensors_header.h"

#include "error.h"
#include "shown_text.h"
#include "weights/safetensors/safetensors_json.h"

#include <algorithm>
#include <cstring>

namespace inceptoscope {

namespace {

constexpr uint64_t lengthBytes = 8;
constexpr uint64_t maxHeaderBytes = 100'000'000; // the format's own limit

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
    {"F64", 8, DType::F64},
    {"BOOL", 1},
    {"U8", 1},
    {"I8", 1},
    {"F8_E5M2", 1},
    {"F8_E4M3", 1},
    {"F8_E8M0", 1},
    {"I16", 2},
    {"U16", 2},
    {"I32", 4},
    {"U32", 4},
    {"I64", 8},
    {"U64", 8},
    {"C64", 8}};

class HeaderParser
{
public:
    explicit HeaderParser(const MappedFile& file)
        : m_file(file)
    {
    }

    SafetensorsHeader parse()
    {
        const std::span<const std::byte> text = headerText();
        SafetensorsJson json{
            .path = m_file.path(), .onTensor = [this](const RawTensor& t) { readEntry(t); }};
        readSafetensorsJson({reinterpret_cast<const char*>(text.data()), text.size()}, json);
        m_header.metadata = std::move(json.metadata);
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

    [[nodiscard]] const StoredType& readType(const RawTensor& raw) const
    {
        if (!raw.dtype)
            refuse(raw.key, "has no dtype");
        const auto* type = std::ranges::find(storedTypes, *raw.dtype, &StoredType::name);
        if (type == std::end(storedTypes))
            refuse(raw.key, "has the unknown dtype \"" + shown(*raw.dtype) + "\"");
        return *type;
    }

    [[nodiscard]] const std::vector<uint64_t>& readNumbers(
        const std::string& key, const RawNumbers& list, const std::string& field, size_t most) const
    {
        if (!list.given)
            refuse(key, "has no " + field);
        if (!list.wrong.empty())
            refuse(
                key, "has " + list.wrong + " in its " + field +
                         ", a whole number from 0 on was expected");
        if (list.count > most)
            refuse(
                key, "has " + std::to_string(list.count) + " numbers in its " + field +
                         ", at most " + std::to_string(most) + " are allowed");
        return list.numbers;
    }

    void readEntry(const RawTensor& raw)
    {
        const std::string& key = raw.key;
        const StoredType& type = readType(raw);
        SafetensorsEntry entry{
            .key = key,
            .dtype = type.dtype,
            .shape = readNumbers(key, raw.shape, "shape", RawNumbers::most)};
        const std::vector<uint64_t>& range = readNumbers(key, raw.range, "data_offsets", 2);
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
