#include "files/state_file.h"

#include "files/output_file.h"
#include "files/system_reason.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace inceptoscope {

namespace {

namespace fs = std::filesystem;

const char* kindOf(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISFIFO(mode))
        return "a pipe";
    return S_ISSOCK(mode) ? "a socket" : "a device";
}

/// Closes it at the end.
struct Descriptor
{
    int number;
    explicit Descriptor(int n)
        : number(n)
    {
    }
    ~Descriptor()
    {
        if (number >= 0)
            close(number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
};

} // namespace

std::string stateObjection(const fs::path& path)
{
    struct stat info = {};
    if (stat(path.c_str(), &info) != 0 || S_ISREG(info.st_mode))
        return {};
    return path.string() + " is " + kindOf(info.st_mode) + ", not a file, and is passed over";
}

std::optional<std::string> readStateFile(const fs::path& path, uint64_t largest)
{
    if (!stateObjection(path).empty())
        return std::nullopt; // opening a device can do something
    const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    struct stat info = {};
    if (file.number < 0 || fstat(file.number, &info) != 0 || !S_ISREG(info.st_mode) ||
        uint64_t(info.st_size) > largest)
        return std::nullopt;
    std::string content(size_t(info.st_size), '\0');
    for (size_t done = 0; done < content.size();) {
        const ssize_t got = read(file.number, content.data() + done, content.size() - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return std::nullopt;
        done += size_t(got);
    }
    return content;
}

void writeStateFile(const fs::path& path, std::string_view content)
{
    if (const std::string objection = stateObjection(path); !objection.empty())
        throw Error(ErrorKind::Io, objection);
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error)
        throw cannotBeWritten(path, error.value());
    writeOutputFile(path, content);
}

} // namespace inceptoscope
