#include "models/picture/tiff_directory.h"

#include <algorithm>
#include <array>

namespace inceptoscope {

/// Bytes of a value, by the type's number in TIFF 6.0 and BigTIFF; 0 for unknown ones.
static unsigned tiffTypeSize(uint16_t type)
{
    static constexpr std::array<uint8_t, 19> sizes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4,
                                                      8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < sizes.size() ? sizes.at(type) : 0;
}

bool TiffDirectory::begins(FileBytes file)
{
    return file.hasAt(0, {"II*\0", 4}) || file.hasAt(0, {"MM\0*", 4}) ||
           file.hasAt(0, {"II+\0", 4}) || file.hasAt(0, {"MM\0+", 4});
}

TiffDirectory::TiffDirectory(FileBytes file)
    : m_file(file)
    , m_big(file.hasAt(2, {"+\0", 2}) || file.hasAt(2, {"\0+", 2}))
    , m_bigEndian(file.hasAt(0, "MM"))
{
    const unsigned word = m_big ? 8 : 4;
    const unsigned entrySize = m_big ? 20 : 12;
    const unsigned countSize = m_big ? 8 : 2;
    const uint64_t start = number(m_big ? 8 : 4, word);
    if (!begins(file) || start == 0 || !file.has(start, countSize))
        return;
    const uint64_t count = number(start, countSize);
    const uint64_t first = start + countSize;
    m_whole = count <= 0xFFFF && file.has(first, count * entrySize);
    for (uint64_t i = 0; m_whole && i < count; ++i)
        readEntry(first + i * entrySize);
}

void TiffDirectory::readEntry(uint64_t at)
{
    const unsigned word = m_big ? 8 : 4;
    Entry entry{
        .tag = uint16_t(number(at, 2)),
        .type = uint16_t(number(at + 2, 2)),
        .count = number(at + 4, word),
        .at = at + 4 + word};
    const unsigned size = tiffTypeSize(entry.type);
    if (size == 0)
        return; // readers pass over it
    if (entry.count > word / size)
        entry.at = number(entry.at, word);
    if (entry.count > uint64_t(m_file.size()) || !m_file.has(entry.at, entry.count * size))
        m_whole = false;
    else
        m_entries.push_back(entry);
}

bool TiffDirectory::pixelsAreThere() const
{
    for (const auto& [offsets, counts] :
         {std::pair(StripOffsets, StripByteCounts), std::pair(TileOffsets, TileByteCounts)}) {
        const std::vector<uint64_t> at = values(offsets);
        const std::vector<uint64_t> bytes = values(counts);
        for (size_t i = 0; i < at.size(); ++i)
            if (!m_file.has(at[i], i < bytes.size() ? bytes[i] : 1))
                return false;
    }
    return true;
}

const TiffDirectory::Entry* TiffDirectory::find(Tag tag) const
{
    const auto it = std::find_if(
        m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.tag == tag; });
    return it == m_entries.end() ? nullptr : &*it;
}

std::optional<uint64_t> TiffDirectory::value(Tag tag) const
{
    const Entry* entry = find(tag);
    if (entry == nullptr || entry->count == 0)
        return std::nullopt;
    return number(entry->at, tiffTypeSize(entry->type));
}

std::vector<uint64_t> TiffDirectory::values(Tag tag) const
{
    std::vector<uint64_t> result;
    const Entry* entry = find(tag);
    if (entry == nullptr)
        return result;
    const unsigned size = tiffTypeSize(entry->type);
    result.reserve(entry->count);
    for (uint64_t i = 0; i < entry->count; ++i)
        result.push_back(number(entry->at + i * size, size));
    return result;
}

uint64_t TiffDirectory::number(uint64_t at, unsigned bytes) const
{
    uint64_t result = 0;
    for (unsigned i = 0; i < bytes; ++i) {
        const unsigned shift = 8 * (m_bigEndian ? bytes - 1 - i : i);
        result |= uint64_t(m_file.u8(qint64(at) + qint64(i))) << shift;
    }
    return result;
}

} // namespace inceptoscope
