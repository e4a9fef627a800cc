#include "weights/torch/zip_archive.h"

#include "error.h"
#include "shown_text.h"

#include <algorithm>
#include <cstring>

namespace inceptoscope {

namespace {

// Records of PKWARE's APPNOTE.TXT, sections 4.3.7 to 4.3.16, by their sizes without names.
constexpr uint64_t localBytes = 30;
constexpr uint64_t directoryBytes = 46;
constexpr uint64_t endBytes = 22;
constexpr uint64_t end64Bytes = 56;
constexpr uint64_t locatorBytes = 20;
constexpr uint64_t maxCommentBytes = 65535;
constexpr uint32_t all32 = ~uint32_t(0);

class ZipReader
{
public:
    explicit ZipReader(const MappedFile& file)
        : m_file(file)
    {
    }
    std::map<std::string, ZipArchive::Range, std::less<>> read();
    std::vector<std::string> names();

private:
    struct Entry
    {
        std::string name;
        uint64_t flags = 0;
        uint64_t method = 0;
        uint64_t packed = 0;
        uint64_t bytes = 0;
        uint64_t local = 0; ///< offset of its own head
    };

    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorKind::BadInput, "weights: " + m_file.path() + ": " + why);
    }
    [[noreturn]] void refuseEntry(const std::string& name, const std::string& why) const
    {
        refuse("its entry \"" + shown(name) + "\" " + why);
    }
    [[noreturn]] void refuseDirectory() const
    {
        refuse("it is a zip archive whose directory is damaged or cut off");
    }
    [[nodiscard]] uint64_t number(uint64_t offset, size_t count) const
    {
        uint64_t value = 0;
        std::memcpy(&value, m_file.bytes(offset, count).data(), count);
        return value;
    }
    [[nodiscard]] std::string text(uint64_t offset, uint64_t count) const
    {
        const auto bytes = m_file.bytes(offset, count);
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    [[nodiscard]] bool is(uint64_t offset, const char* signature) const
    {
        return text(offset, 4) == std::string("PK") + signature;
    }

    [[nodiscard]] uint64_t findEnd() const;
    void readEnd();
    Entry readEntry(uint64_t& at) const;
    void readExtra(Entry& entry, uint64_t at, uint64_t end) const;
    [[nodiscard]] ZipArchive::Range locate(const Entry& entry) const;

    const MappedFile& m_file;
    uint64_t m_begin = 0; ///< of the directory
    uint64_t m_end = 0;
    uint64_t m_count = 0;
};

uint64_t ZipReader::findEnd() const
{
    const uint64_t size = m_file.size();
    if (size < endBytes)
        refuseDirectory();
    const uint64_t most = std::min(size - endBytes, maxCommentBytes);
    const std::string tail = text(size - endBytes - most, endBytes + most);
    for (uint64_t comment = 0; comment <= most; ++comment) {
        const uint64_t at = most - comment;
        if (std::string_view(tail).substr(at, 4) != "PK\5\6")
            continue;
        if (uint64_t(uint8_t(tail[at + 20])) + uint64_t(uint8_t(tail[at + 21])) * 256 == comment)
            return size - endBytes - comment;
    }
    refuseDirectory();
}

void ZipReader::readEnd()
{
    const uint64_t end = findEnd();
    m_count = number(end + 10, 2);
    uint64_t bytes = number(end + 12, 4);
    m_begin = number(end + 16, 4);
    uint64_t limit = end;
    if (m_count == 0xffff || bytes == all32 || m_begin == all32) {
        if (end < locatorBytes || !is(end - locatorBytes, "\6\7"))
            refuseDirectory();
        limit = number(end - locatorBytes + 8, 8);
        if (end - locatorBytes < end64Bytes || limit > end - locatorBytes - end64Bytes ||
            !is(limit, "\6\6"))
            refuseDirectory();
        m_count = number(limit + 32, 8);
        bytes = number(limit + 40, 8);
        m_begin = number(limit + 48, 8);
    }
    if (m_begin > limit || bytes > limit - m_begin)
        refuseDirectory();
    m_end = m_begin + bytes;
}

ZipReader::Entry ZipReader::readEntry(uint64_t& at) const
{
    if (m_end - at < directoryBytes || !is(at, "\1\2"))
        refuseDirectory();
    Entry entry;
    entry.flags = number(at + 8, 2);
    entry.method = number(at + 10, 2);
    entry.packed = number(at + 20, 4);
    entry.bytes = number(at + 24, 4);
    entry.local = number(at + 42, 4);
    const uint64_t name = number(at + 28, 2);
    const uint64_t extra = number(at + 30, 2);
    const uint64_t comment = number(at + 32, 2);
    if (name + extra + comment > m_end - at - directoryBytes)
        refuseDirectory();
    entry.name = text(at + directoryBytes, name);
    readExtra(entry, at + directoryBytes + name, at + directoryBytes + name + extra);
    at += directoryBytes + name + extra + comment;
    return entry;
}

/// The 64-bit sizes and offset: those, in this order, whose 32 bits are all set.
void ZipReader::readExtra(Entry& entry, uint64_t at, uint64_t end) const
{
    while (end - at >= 4) {
        const uint64_t id = number(at, 2);
        const uint64_t bytes = number(at + 2, 2);
        at += 4;
        if (bytes > end - at)
            refuseDirectory();
        const uint64_t fieldEnd = at + bytes;
        uint64_t field = at;
        for (uint64_t* value : {&entry.bytes, &entry.packed, &entry.local}) {
            if (id != 1 || *value != all32 || fieldEnd - field < 8)
                continue;
            *value = number(field, 8);
            field += 8;
        }
        at = fieldEnd;
    }
}

ZipArchive::Range ZipReader::locate(const Entry& entry) const
{
    if ((entry.flags & 1U) != 0)
        refuseEntry(entry.name, "is encrypted, which PyTorch never does");
    if (entry.method != 0 || entry.packed != entry.bytes)
        refuseEntry(
            entry.name, "is compressed, PyTorch stores its entries as they are; load the file in "
                        "PyTorch and save it again");
    // What lies before the directory is what entries may cover.
    if (entry.local > m_begin || m_begin - entry.local < localBytes || !is(entry.local, "\3\4"))
        refuseEntry(entry.name, "isn't where the archive's directory says");
    const uint64_t name = number(entry.local + 26, 2);
    const uint64_t head = localBytes + name + number(entry.local + 28, 2);
    const uint64_t room = m_begin - entry.local;
    if (head > room || name != entry.name.size() ||
        text(entry.local + localBytes, name) != entry.name)
        refuseEntry(entry.name, "isn't where the archive's directory says");
    if (entry.bytes > room - head)
        refuseEntry(
            entry.name, "is said to be " + std::to_string(entry.bytes) +
                            " bytes long, the archive has room for " + std::to_string(room - head));
    return {entry.local + head, entry.bytes};
}

/// TorchScript compresses its code, "archive/code/...", and what was saved with it; neither is
/// read.
bool isCode(const std::string& name)
{
    const std::string_view inside = std::string_view(name).substr(name.find('/') + 1);
    return inside.starts_with("code/") || inside.starts_with("extra/");
}

std::map<std::string, ZipArchive::Range, std::less<>> ZipReader::read()
{
    readEnd();
    std::map<std::string, ZipArchive::Range, std::less<>> entries;
    uint64_t at = m_begin;
    for (uint64_t i = 0; i < m_count; ++i) {
        const Entry entry = readEntry(at);
        if (entry.method != 0 && isCode(entry.name))
            continue;
        if (!entries.emplace(entry.name, locate(entry)).second)
            refuseEntry(entry.name, "is there twice");
    }
    if (at != m_end)
        refuseDirectory();
    return entries;
}

std::vector<std::string> ZipReader::names()
{
    readEnd();
    std::vector<std::string> all;
    uint64_t at = m_begin;
    for (uint64_t i = 0; i < m_count; ++i)
        all.push_back(readEntry(at).name);
    return all;
}

} // namespace

std::vector<std::string> zipNames(const MappedFile& file)
{
    return ZipReader(file).names();
}

ZipArchive::ZipArchive(const MappedFile& file)
    : m_entries(ZipReader(file).read())
{
}

std::optional<ZipArchive::Range> ZipArchive::find(const std::string& name) const
{
    const auto it = m_entries.find(name);
    if (it == m_entries.end())
        return std::nullopt;
    return it->second;
}

} // namespace inceptoscope
