#include "weights/mapped_file.h"

#include "error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace inceptoscope {

static std::string reason()
{
    return std::strerror(errno);
}

MappedFile::MappedFile(const std::string& path)
    : m_path(path)
{
    // Without O_NONBLOCK a pipe that nobody writes to would hang here.
    m_file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_file < 0)
        throw Error(ErrorKind::Io, "weights: can't open " + path + ": " + reason());
    struct stat info = {};
    const bool known = fstat(m_file, &info) == 0;
    if (!known || !S_ISREG(info.st_mode)) {
        close(m_file);
        if (known && S_ISDIR(info.st_mode))
            throw Error(
                ErrorKind::Io, "weights: " + path + " is a folder; give the weights file in it");
        throw Error(ErrorKind::Io, "weights: " + path + " is not a file");
    }
    m_size = uint64_t(info.st_size);
    if (m_size == 0) {
        close(m_file);
        throw Error(
            ErrorKind::BadInput, "weights: " + path + " is empty; download or copy it again");
    }
    void* data = mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, m_file, 0);
    if (data == MAP_FAILED) {
        const std::string why = reason();
        close(m_file);
        throw Error(ErrorKind::Io, "weights: can't map " + path + ": " + why);
    }
    m_data = static_cast<const std::byte*>(data);
}

MappedFile::~MappedFile()
{
    munmap(const_cast<std::byte*>(m_data), m_size);
    close(m_file);
}

std::span<const std::byte> MappedFile::bytes(uint64_t offset, uint64_t count) const
{
    struct stat info = {};
    if (offset > m_size || count > m_size - offset || fstat(m_file, &info) != 0 ||
        uint64_t(info.st_size) < offset + count)
        throw Error(
            ErrorKind::Io,
            "weights: " + m_path + " was shortened while it was being read; load it again");
    return {m_data + offset, count};
}

void MappedFile::release() const
{
    // Advice: where the system doesn't take it, nothing is lost.
    madvise(const_cast<std::byte*>(m_data), m_size, MADV_DONTNEED);
}

} // namespace inceptoscope
