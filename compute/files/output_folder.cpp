#include "files/output_folder.h"

#include "files/output_file.h"
#include "files/system_reason.h"

#include <cerrno>
#include <cstdio>
#include <deque>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace inceptoscope {

namespace {

namespace fs = std::filesystem;

/// Without "." and "..", and without a slash at its end: it has a name and a folder around it.
fs::path withName(const fs::path& folder)
{
    std::error_code error;
    fs::path path = fs::absolute(folder, error);
    if (error)
        throw cannotBeWritten(folder, error.value());
    path = path.lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

/// Where it is, through links; Error(Usage) for what is no folder.
OutputTarget folderTarget(const fs::path& folder)
{
    OutputTarget target = outputTarget(withName(folder));
    if (target.stream || (target.info && !S_ISDIR(target.info->st_mode)))
        throw Error(ErrorKind::Usage, folder.string() + " is a file; a folder was expected");
    return target;
}

/// True where the folder at `path` is the one that programs are in, or another file system.
bool mustStay(const OutputTarget& target)
{
    struct stat current = {};
    struct stat around = {};
    const bool isCurrent = stat(".", &current) == 0 && current.st_dev == target.info->st_dev &&
                           current.st_ino == target.info->st_ino;
    const bool isMount =
        stat(folderOf(target.path).c_str(), &around) == 0 && around.st_dev != target.info->st_dev;
    return isCurrent || isMount;
}

bool exchange(const fs::path& one, const fs::path& other)
{
#ifdef RENAME_EXCHANGE
    return renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
#else
    return false;
#endif
}

void writeEach(const fs::path& folder, const FolderFiles& files)
{
    for (const auto& [name, content] : files)
        writeOutputFile(folder / name, content);
}

/// What keeps a folder from being replaced; nothing where all in it is ours.
std::optional<std::string>
somethingElse(const fs::path& folder, const FolderFiles& files, const std::string& marker)
{
    std::error_code error;
    bool empty = true;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error)) {
        empty = false;
        const std::string name = i->path().filename().string();
        if (!files.contains(name) || i->is_directory(error))
            return name;
    }
    if (error)
        throw Error(
            ErrorKind::Io, folder.string() + " can't be read: " + systemReason(error.value()));
    if (!empty && !fs::exists(folder / marker, error))
        return "no " + marker;
    return std::nullopt;
}

} // namespace

void requireOutputFolder(
    const fs::path& folder, const FolderFiles& files, const std::string& marker)
{
    const OutputTarget target = folderTarget(folder);
    if (target.info) {
        if (const auto other = somethingElse(target.path, files, marker))
            throw Error(
                ErrorKind::Usage, folder.string() + " holds other things than a report (" + *other +
                                      "); choose a folder that is new or empty");
        if (access(target.path.c_str(), W_OK | X_OK) != 0)
            throw cannotBeWritten(folder, errno);
        if (mustStay(target))
            return requireOutputFile(target.path / marker);
    }
    std::error_code error;
    fs::create_directories(folderOf(target.path), error);
    if (error)
        throw cannotBeWritten(folder, error.value());
    sweepTemporaries(folderOf(target.path));
    (void)TemporaryEntry::folder(target.path, folder);
}

void writeOutputFolder(const fs::path& folder, const FolderFiles& files, const std::string& marker)
{
    requireOutputFolder(folder, files, marker);
    const OutputTarget target = folderTarget(folder);
    if (target.info && mustStay(target))
        return writeEach(target.path, files);

    const auto beside = TemporaryEntry::folder(target.path, folder);
    std::deque<GoneWhenStopped> whenStopped; // before the folder, which is empty then
    for (const auto& [name, content] : files)
        whenStopped.emplace_back(beside->path() / name);
    writeEach(beside->path(), files);
    if (target.info && fchmod(beside->descriptor(), target.info->st_mode & 07777U) != 0)
        throw cannotBeWritten(folder, errno);
    syncFolder(beside->path());
    if (!target.info) {
        if (std::rename(beside->path().c_str(), target.path.c_str()) != 0)
            throw cannotBeWritten(folder, errno);
        beside->keep();
    } else if (!exchange(beside->path(), target.path)) {
        writeEach(target.path, files);
    } // else the one beside it is the old one, and goes
    syncFolder(folderOf(target.path));
}

} // namespace inceptoscope
