#include "files/output_target.h"

#include "files/system_reason.h"
#include "files/temporaries.h"

#include <cerrno>
#include <charconv>
#include <climits>
#include <sys/vfs.h>
#include <unistd.h>

namespace inceptoscope {

namespace {

namespace fs = std::filesystem;

constexpr int mostLinks = 40; // as the kernel follows

/// What a link says; nothing for what is no link.
std::optional<fs::path> linkTarget(const fs::path& path)
{
    char text[PATH_MAX];
    const ssize_t length = readlink(path.c_str(), text, sizeof text);
    if (length < 0 || size_t(length) >= sizeof text)
        return std::nullopt;
    const fs::path said(std::string(text, size_t(length)));
    return said.is_absolute() ? said : folderOf(path) / said;
}

/// Links in /proc/PID/fd lead to open files, whatever they say.
bool isInProc(const fs::path& folder)
{
    constexpr long procMagic = 0x9fa0; // linux/magic.h
    struct statfs info = {};
    return statfs(folder.c_str(), &info) == 0 && info.f_type == procMagic;
}

/// N where `path` is /proc/self/fd/N by any name, otherwise negative.
int ownDescriptor(const fs::path& path)
{
    std::error_code error;
    const std::string name = path.filename().string();
    int number = -1;
    const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (wrong != std::errc() || end != name.data() + name.size())
        return -1;
    const fs::path folder = fs::canonical(folderOf(path), error);
    return !error && folder == fs::canonical("/proc/self/fd", error) ? number : -1;
}

} // namespace

OutputTarget outputTarget(const fs::path& path)
{
    OutputTarget target;
    target.path = path;
    for (int links = 0; const auto next = linkTarget(target.path); ++links) {
        if (links == mostLinks)
            throw cannotBeWritten(path, ELOOP);
        if (isInProc(folderOf(target.path))) {
            target.stream = true;
            target.own = ownDescriptor(target.path);
            break;
        }
        target.path = *next;
    }
    struct stat info = {};
    if (stat(target.path.c_str(), &info) == 0)
        target.info = info;
    else if (errno != ENOENT || target.stream)
        throw cannotBeWritten(path, errno);
    if (target.info && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        target.stream = true;
    return target;
}

} // namespace inceptoscope
