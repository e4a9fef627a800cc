#include "files/temporaries.h"

#include "files/system_reason.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace inceptoscope {

namespace {

namespace fs = std::filesystem;

enum SlotState : int
{
    Free,
    Taken, // by somebody who is still writing it down
    Named
};
struct Slot
{
    std::atomic<int> state{Free};
    char path[PATH_MAX] = {};
};
constexpr int slotCount = 48;
Slot slots[slotCount];
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler reads it");

constexpr std::string_view prefix = ".inceptoscope-";
constexpr std::string_view suffix = ".tmp";

fs::path nextName(const fs::path& target)
{
    static std::atomic<unsigned> count{0};
    return folderOf(target) / (std::string(prefix) + std::to_string(getpid()) + "-" +
                               std::to_string(count++) + std::string(suffix));
}

bool isOurs(const std::string& name)
{
    return name.starts_with(prefix) && name.ends_with(suffix);
}

/// Somebody who swept between the making and the lock has deleted it again.
bool isStillThere(int descriptor)
{
    struct stat info = {};
    return fstat(descriptor, &info) == 0 && info.st_nlink > 0;
}

struct Made
{
    fs::path path;
    int descriptor = -1;
};

template <class Open> Made make(const fs::path& place, const fs::path& named, const Open& open)
{
    constexpr int attempts = 1000;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        Made made{.path = nextName(place)};
        made.descriptor = open(made.path.c_str());
        const int error = errno;
        if (made.descriptor < 0 && error == EEXIST)
            continue;
        if (made.descriptor < 0 && error == ENOENT && fs::is_directory(folderOf(place)))
            throw cannotBeWritten(named, "no file can be made in its folder"); // as in /proc
        if (made.descriptor < 0)
            throw cannotBeWritten(named, error);
        (void)flock(made.descriptor, LOCK_EX); // where there are no locks, nothing is swept
        if (isStillThere(made.descriptor))
            return made;
        close(made.descriptor);
    }
    throw cannotBeWritten(named, EEXIST);
}

} // namespace

GoneWhenStopped::GoneWhenStopped(const fs::path& path)
{
    const std::string& name = path.native();
    for (int i = 0; i < slotCount && name.size() < PATH_MAX; ++i) {
        int expected = Free;
        if (!slots[i].state.compare_exchange_strong(expected, Taken))
            continue;
        std::memcpy(slots[i].path, name.c_str(), name.size() + 1);
        slots[i].state = Named;
        m_slot = i;
        return;
    }
}

GoneWhenStopped::~GoneWhenStopped()
{
    if (m_slot >= 0)
        slots[m_slot].state = Free;
}

void removeTemporaries() noexcept
{
    const int before = errno;
    for (const Slot& slot : slots)
        if (slot.state == Named)
            (void)unlink(slot.path);
    for (const Slot& slot : slots)
        if (slot.state == Named)
            (void)rmdir(slot.path); // of a file it fails, and does nothing
    errno = before;
}

TemporaryEntry::TemporaryEntry(fs::path path, int descriptor)
    : m_path(std::move(path))
    , m_descriptor(descriptor)
    , m_whenStopped(m_path)
{
}

std::unique_ptr<TemporaryEntry>
TemporaryEntry::file(const fs::path& place, unsigned mode, const fs::path& named)
{
    Made made = make(place, named, [mode](const char* path) {
        return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(mode));
    });
    return std::make_unique<TemporaryEntry>(std::move(made.path), made.descriptor);
}

std::unique_ptr<TemporaryEntry> TemporaryEntry::folder(const fs::path& place, const fs::path& named)
{
    Made made = make(place, named, [](const char* path) {
        if (mkdir(path, 0777) != 0)
            return -1;
        return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    });
    return std::make_unique<TemporaryEntry>(std::move(made.path), made.descriptor);
}

TemporaryEntry::~TemporaryEntry()
{
    close(m_descriptor);
    if (!m_kept && unlink(m_path.c_str()) != 0)
        removeFlatFolder(m_path);
}

void removeFlatFolder(const fs::path& folder) noexcept
{
    std::error_code error;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error))
        if (unlink(i->path().c_str()) != 0)
            return; // a folder: not made by us
    (void)rmdir(folder.c_str());
}

void sweepTemporaries(const fs::path& folder) noexcept
{
    std::error_code error;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error)) {
        const fs::path& path = i->path();
        if (!isOurs(path.filename().native()))
            continue;
        const int descriptor = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
        struct stat info = {};
        const bool gone = descriptor >= 0 && fstat(descriptor, &info) == 0 &&
                          info.st_uid == geteuid() && flock(descriptor, LOCK_EX | LOCK_NB) == 0;
        if (gone && S_ISREG(info.st_mode))
            (void)unlink(path.c_str());
        else if (gone && S_ISDIR(info.st_mode))
            removeFlatFolder(path);
        if (descriptor >= 0)
            close(descriptor);
    }
}

fs::path folderOf(const fs::path& path)
{
    const fs::path parent = path.parent_path();
    return parent.empty() ? fs::path(".") : parent;
}

} // namespace inceptoscope
