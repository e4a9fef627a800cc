#pragma once

#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace inceptoscope {

/// A file that is written thousands of times: on a disk that alone can take seconds.
class MemoryFile
{
public:
    MemoryFile() = default;
    ~MemoryFile() { close(m_file); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_file); }
    [[nodiscard]] bool write(std::string_view bytes) const
    {
        return ftruncate(m_file, 0) == 0 &&
               pwrite(m_file, bytes.data(), bytes.size(), 0) == ssize_t(bytes.size());
    }

private:
    int m_file = memfd_create("fuzz", MFD_CLOEXEC);
};

} // namespace inceptoscope
