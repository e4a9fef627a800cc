#include "vulkan/process_limits.h"

#include "error.h"

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace inceptoscope {

namespace {

constexpr uint64_t mebibyte = uint64_t(1) << 20U;
/// What Mesa's compiler maps before the first kernel runs, and a little more.
constexpr uint64_t leastAddressSpace = 512 * mebibyte;

/// Threads that all live at once, as far as the system gives them.
size_t startableThreads(size_t wanted)
{
    std::mutex mutex;
    std::condition_variable wake;
    bool done = false;
    std::vector<std::thread> threads;
    threads.reserve(wanted);
    try {
        while (threads.size() < wanted)
            threads.emplace_back([&] {
                std::unique_lock lock(mutex);
                wake.wait(lock, [&] { return done; });
            });
    } catch (const std::system_error&) { // as many as there are
    }
    {
        const std::lock_guard lock(mutex);
        done = true;
    }
    wake.notify_all();
    for (std::thread& thread : threads)
        thread.join();
    return threads.size();
}

uint64_t mappedBytes()
{
    uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages; // proc(5): the first is the size
    return pages * uint64_t(sysconf(_SC_PAGESIZE));
}

void requireAddressSpace()
{
    rlimit limit = {};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return;
    const uint64_t mapped = mappedBytes();
    if (limit.rlim_cur >= mapped + leastAddressSpace)
        return;
    throw Error(
        ErrorKind::OutOfMemory, "address space is limited to " +
                                    std::to_string(limit.rlim_cur / mebibyte) +
                                    " MiB here (ulimit -v), and at least " +
                                    std::to_string((mapped + leastAddressSpace) / mebibyte) +
                                    " MiB are needed; raise the limit");
}

} // namespace

void requireThreadsAndAddressSpace()
{
    // Mesa's software driver takes up to 32, and libraries some of their own.
    constexpr size_t most = 32;
    constexpr size_t others = 6;
    const size_t wanted = others + std::clamp<size_t>(std::thread::hardware_concurrency(), 1, most);
    requireAddressSpace();
    const size_t got = startableThreads(wanted);
    if (got < wanted)
        throw Error(
            ErrorKind::OutOfMemory, "only " + std::to_string(got) + " of " +
                                        std::to_string(wanted) +
                                        " threads that a driver may need can be started here; "
                                        "raise the limit on processes (ulimit -u) or on address "
                                        "space (ulimit -v)");
}

} // namespace inceptoscope
