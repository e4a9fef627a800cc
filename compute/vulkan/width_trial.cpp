#include "vulkan/width_trial.h"

#include "files/state_file.h"
#include "vulkan/cache_file.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace inceptoscope {

namespace {

constexpr std::string_view works = "works\n";
constexpr std::string_view fails = "fails\n";

std::filesystem::path verdictFile(VkPhysicalDevice device)
{
    std::filesystem::path path = cacheFile(device, "vectors-512");
    return path.empty() ? path : path += ".txt";
}

/// A crash is an answer here: no word of it, no core file, and an end also where it hangs.
[[noreturn]] void tryAndLeave(const WidthTrial& trial)
{
    constexpr unsigned seconds = 60;
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC); nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
    }
    for (const int signal : {SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTERM})
        std::signal(signal, SIG_DFL);
    alarm(seconds);
    bool right = false;
    try {
        right = trial();
    } catch (...) { // whatever it is: it doesn't work
        right = false;
    }
    _exit(right ? 0 : 1);
}

} // namespace

bool worksInChild(const WidthTrial& trial)
{
    const pid_t child = fork();
    if (child == 0)
        tryAndLeave(trial);
    if (child < 0)
        return false;
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

WidthVerdict readWidthVerdict(VkPhysicalDevice device)
{
    const std::filesystem::path path = verdictFile(device);
    const auto content = path.empty() ? std::nullopt : readStateFile(path, works.size());
    if (!content)
        return WidthVerdict::Unknown;
    const std::string_view text(content->data(), content->size());
    return text == works   ? WidthVerdict::Works
           : text == fails ? WidthVerdict::Fails
                           : WidthVerdict::Unknown;
}

void writeWidthVerdict(VkPhysicalDevice device, WidthVerdict verdict) noexcept
{
    try {
        if (const std::filesystem::path path = verdictFile(device); !path.empty())
            writeStateFile(path, verdict == WidthVerdict::Works ? works : fails);
    } catch (const std::exception&) {
        return;
    }
}

} // namespace inceptoscope
