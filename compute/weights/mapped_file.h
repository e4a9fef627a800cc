#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace inceptoscope {

/// A file mapped read-only. Throws Error(Io) that names the path: missing, unreadable, not a
/// regular file (a folder, a pipe), or Error(BadInput) for an empty one.
///
/// A mapping of a file that somebody shortens later kills the reader (SIGBUS), so bytes are
/// read from the mapping only through bytes(), which looks at the file's size first.
class MappedFile
{
public:
    explicit MappedFile(const std::string& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] uint64_t size() const { return m_size; }
    /// Throws Error(Io) where the file has become shorter than that.
    [[nodiscard]] std::span<const std::byte> bytes(uint64_t offset, uint64_t count) const;
    /// What was read won't be needed soon: the file's pages stop counting as this process's memory,
    /// and come back where bytes are asked for again. All of them, since a system maps neighbours
    /// of what is read, too.
    void release() const;

private:
    std::string m_path;
    int m_file = -1;
    uint64_t m_size = 0;
    const std::byte* m_data = nullptr;
};

} // namespace inceptoscope
