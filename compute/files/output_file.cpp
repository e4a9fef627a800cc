#include "files/output_file.h"

#include "files/system_reason.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace inceptoscope {

namespace {

namespace fs = std::filesystem;

/// Throws for what can't be replaced.
void requireReplaceable(const fs::path& path, const OutputTarget& target)
{
    if (!path.has_filename())
        throw Error(ErrorKind::Io, path.string() + ": a file name was expected, not a folder's");
    if (!target.info)
        return;
    if (S_ISDIR(target.info->st_mode))
        throw Error(ErrorKind::Io, path.string() + " is a folder, a file name was expected");
    // The superuser may write it all the same; whoever made it read-only meant him too.
    constexpr mode_t anyWrite = S_IWUSR | S_IWGRP | S_IWOTH;
    if ((target.info->st_mode & anyWrite) == 0)
        throw cannotBeWritten(path, "it is a read-only file");
    if (access(target.path.c_str(), W_OK) != 0)
        throw cannotBeWritten(path, errno);
}

void requireFolder(const fs::path& path, const OutputTarget& target)
{
    const fs::path folder = folderOf(target.path);
    struct stat info = {};
    if (stat(folder.c_str(), &info) != 0) {
        if (errno == ENOENT)
            throw cannotBeWritten(path, "the folder " + folder.string() + " doesn't exist");
        throw cannotBeWritten(path, errno);
    }
    if (!S_ISDIR(info.st_mode))
        throw cannotBeWritten(path, folder.string() + " is not a folder");
}

} // namespace

OutputFile::OutputFile(const fs::path& path)
    : m_path(path)
    , m_target(outputTarget(path))
{
    if (m_target.stream)
        openStream();
    else
        makeBeside();
}

OutputFile::~OutputFile()
{
    if (m_stream >= 0)
        close(m_stream);
}

void OutputFile::openStream()
{
    m_stream = m_target.own >= 0 ? fcntl(m_target.own, F_DUPFD_CLOEXEC, 0)
                                 : open(m_target.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (m_stream < 0)
        throw cannotBeWritten(m_path, errno);
}

void OutputFile::makeBeside()
{
    requireReplaceable(m_path, m_target);
    requireFolder(m_path, m_target);
    sweepTemporaries(folderOf(m_target.path));
    m_beside = TemporaryEntry::file(m_target.path, m_target.info ? 0600 : 0666, m_path);
    if (m_target.info)
        likeBefore();
}

void OutputFile::likeBefore() const
{
    const struct stat& before = *m_target.info;
    mode_t mode = before.st_mode & 07777U;
    // Where the group can't be kept, another group gets no more than everybody.
    if (fchown(descriptor(), before.st_uid, before.st_gid) != 0 &&
        fchown(descriptor(), uid_t(-1), before.st_gid) != 0)
        mode = (mode & 0707U) | ((mode & 07U) << 3U);
    if (fchmod(descriptor(), mode) != 0)
        throw cannotBeWritten(m_path, errno);
}

void OutputFile::write(const void* data, size_t bytes)
{
    // A signal that comes in between is answered after at most so much.
    constexpr size_t most = size_t(16) << 20U;
    const char* from = static_cast<const char*>(data);
    while (bytes > 0) {
        const ssize_t written = ::write(descriptor(), from, std::min(bytes, most));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            throw cannotBeWritten(m_path, errno);
        from += written;
        bytes -= size_t(written);
    }
}

void OutputFile::commit()
{
    if (m_beside) {
        if (fsync(descriptor()) != 0 ||
            std::rename(m_beside->path().c_str(), m_target.path.c_str()) != 0)
            throw cannotBeWritten(m_path, errno);
        m_beside->keep();
        m_beside.reset();
        syncFolder(folderOf(m_target.path));
    } else if (close(std::exchange(m_stream, -1)) != 0 && errno != EINTR) {
        throw cannotBeWritten(m_path, errno);
    }
}

void writeOutputFile(const fs::path& path, std::string_view content)
{
    OutputFile file(path);
    file.write(content);
    file.commit();
}

void requireOutputFile(const fs::path& path)
{
    const OutputTarget target = outputTarget(path);
    if (!target.stream) {
        const OutputFile probe(path);
        return;
    }
    if (target.own < 0 && access(target.path.c_str(), W_OK) != 0)
        throw cannotBeWritten(path, errno);
    const int flags = target.own >= 0 ? fcntl(target.own, F_GETFL) : O_WRONLY;
    if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY)
        throw cannotBeWritten(path, EBADF);
}

void syncFolder(const fs::path& folder) noexcept
{
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    (void)fsync(descriptor); // not every file system can; the file itself is safe
    close(descriptor);
}

} // namespace inceptoscope
