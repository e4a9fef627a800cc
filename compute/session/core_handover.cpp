#include "session/core_handover.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>
#ifdef __linux__
#include <pthread.h>
#include <sched.h>
#endif

namespace inceptoscope {

namespace {

using Clock = std::chrono::steady_clock;

/// Waits for a value; false once it is too late, for a core may be somebody else's for a while.
bool seen(const std::atomic<uint32_t>& ball, uint32_t value, Clock::time_point late)
{
    for (uint32_t spins = 1; ball.load(std::memory_order_acquire) != value; ++spins)
        if (spins % 1024 == 0 && Clock::now() > late)
            return false;
    return true;
}

/// Puts a thread on a core, where the system lets one.
void stayOn(
    [[maybe_unused]] std::thread& thread, [[maybe_unused]] const std::vector<int>& cores,
    [[maybe_unused]] size_t which)
{
#ifdef __linux__
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(size_t(cores[which]), &set);
    pthread_setaffinity_np(thread.native_handle(), sizeof set, &set);
#endif
}

std::vector<int> coresOfThisProcess()
{
    std::vector<int> cores;
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        for (int core = 0; core < CPU_SETSIZE; ++core)
            if (CPU_ISSET(size_t(core), &set))
                cores.push_back(core);
#endif
    return cores;
}

/// Nanoseconds of one way, 0 for an attempt that came to nothing.
double handover(const std::vector<int>& cores)
{
    constexpr uint32_t rounds = 2000;
    const Clock::time_point late = Clock::now() + std::chrono::milliseconds(20);
    std::atomic<uint32_t> ball{0};
    std::atomic<bool> start{false};
    double took = 0;
    // Both wait on the way to their cores.
    const auto play = [&](uint32_t mine) {
        while (!start.load())
            std::this_thread::sleep_for(std::chrono::microseconds(50));
        const Clock::time_point begin = Clock::now();
        for (uint32_t i = 0; i < rounds; ++i) {
            if (!seen(ball, 2 * i + mine, late))
                return;
            ball.store(2 * i + mine + 1, std::memory_order_release);
        }
        if (mine == 1)
            took = std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
    };
    std::thread one(play, 0);
    std::thread other(play, 1);
    stayOn(one, cores, 0);
    stayOn(other, cores, 1);
    start = true;
    one.join();
    other.join();
    return took / (2.0 * rounds);
}

} // namespace

double measureHandover()
{
    const std::vector<int> cores = coresOfThisProcess();
    double best = 0;
    for (int i = 0; i < 5 && cores.size() > 1; ++i) {
        const double time = handover(cores);
        best = time > 0 && (best <= 0 || time < best) ? time : best;
    }
    return best;
}

} // namespace inceptoscope
