#include "session/peaks.h"

#include "kernels/peaks.h"
#include "session/core_handover.h"
#include "session/host_peak.h"
#include "session/memory.h"
#include "vulkan/recorder.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>

namespace inceptoscope {

namespace {

constexpr double attemptSeconds = 8e-3; // long against what a submission costs
constexpr uint32_t attempts = 6;

struct Rate
{
    double best = 0; ///< 1e9 a second
    double spread = 0;
};

/// Submits a list of dispatches a number of times and takes the time.
class Timer
{
public:
    explicit Timer(const Device& device)
        : m_device(device)
        , m_recorder(device)
        , m_submitter(device)
    {
        if (device.info().timestampNanoseconds <= 0)
            return;
        const VkQueryPoolCreateInfo info{
            .sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO,
            .pNext = nullptr,
            .flags = 0,
            .queryType = VK_QUERY_TYPE_TIMESTAMP,
            .queryCount = 2,
            .pipelineStatistics = 0};
        VkQueryPool pool = VK_NULL_HANDLE;
        check(
            vkCreateQueryPool(device.handle(), &info, nullptr, &pool),
            "creating timestamp queries");
        m_queries = {device.handle(), pool};
    }

    void record(const std::function<void(Recorder&)>& body)
    {
        m_recorder.begin();
        if (m_queries) {
            m_recorder.resetQueries(m_queries.get(), 0, 2);
            m_recorder.timestamp(m_queries.get(), 0);
        }
        body(m_recorder);
        m_recorder.barrier();
        if (m_queries)
            m_recorder.timestamp(m_queries.get(), 1);
        m_recorder.end();
    }

    /// Seconds of what was recorded; by the host's clock where the device has no timestamps.
    double run()
    {
        const VkCommandBuffer commands = m_recorder.commands();
        const auto begin = std::chrono::steady_clock::now();
        m_submitter.run({&commands, 1}, "measuring the device");
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        if (!m_queries)
            return took.count();
        std::array<uint64_t, 2> stamps{};
        check(
            vkGetQueryPoolResults(
                m_device.handle(), m_queries.get(), 0, 2, sizeof stamps, stamps.data(),
                sizeof(uint64_t), VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WAIT_BIT),
            "reading timestamps");
        return m_device.nanoseconds(stamps[0], stamps[1]) * 1e-9;
    }

private:
    const Device& m_device;
    Recorder m_recorder;
    Submitter m_submitter;
    Handle<VkQueryPool, vkDestroyQueryPool> m_queries;
};

/// Records the dispatches `repeats` times over, or as often as it takes to fill an attempt.
Rate measure(Timer& timer, DeviceMemory& memory, const std::vector<PeakDispatch>& dispatches)
{
    double amount = 0;
    for (const PeakDispatch& d : dispatches)
        amount += d.amount;
    const auto record = [&](uint32_t repeats) {
        timer.record([&](Recorder& r) {
            for (uint32_t i = 0; i < repeats; ++i)
                for (const PeakDispatch& d : dispatches)
                    memory.record(r, d.dispatch);
        });
    };
    record(1);
    (void)timer.run(); // drivers compile then
    const double once = std::max(timer.run(), 1e-7);
    const auto repeats = uint32_t(std::clamp(attemptSeconds / once, 1.0, 64.0));
    record(repeats);
    double best = 0;
    double worst = 0;
    for (uint32_t i = 0; i < attempts; ++i) {
        const double rate = amount * repeats / std::max(timer.run(), 1e-9) / 1e9;
        best = std::max(best, rate);
        worst = i == 0 ? rate : std::min(worst, rate);
    }
    return {.best = best, .spread = 1 - worst / best};
}

/// As many workgroups as keep the device busy for an attempt.
Rate measureArithmetic(Timer& timer, DeviceMemory& memory, Precision precision)
{
    constexpr uint32_t most = 32768;
    uint32_t groups = 64;
    for (;; groups *= 4) {
        const PeakDispatch d = arithmeticPeak(precision, groups);
        memory.require(Memory::Scratch, peakResultBytes(d.dispatch));
        timer.record([&](Recorder& r) { memory.record(r, d.dispatch); });
        (void)timer.run(); // drivers compile then
        if (timer.run() > attemptSeconds / 8 || groups * 4 > most)
            break;
    }
    return measure(timer, memory, {arithmeticPeak(precision, groups)});
}

/// Memory to read: more than caches hold, as much as the device lets one allocate and bind.
uint64_t pieceOf(const Device& device)
{
    const DeviceInfo& info = device.info();
    const uint64_t wanted = uint64_t(info.type == "cpu" ? 128 : 512) << 20U;
    return std::min({wanted, device.availableBytes() / 4, info.maxAllocationBytes});
}

/// [offset, offset + bytes) in slices that the device can bind, each a multiple of a workgroup's.
template <class See>
void forEachSlice(const DeviceInfo& info, uint64_t offset, uint64_t bytes, const See& see)
{
    const uint64_t most =
        std::min({bindableBytes(Access::Texels, info), bindableBytes(Access::Write, info), bytes}) /
        readPieceBytes * readPieceBytes;
    for (uint64_t at = 0; most > 0 && at + most <= bytes; at += most)
        see(offset + at, most);
}

} // namespace

static void measureMemory(Device& device, Timer& timer, DeviceMemory& memory, Peaks& peaks)
{
    const uint64_t half = pieceOf(device) / 2 / readPieceBytes * readPieceBytes;
    Buffer& arena = memory.require(Memory::Arena, half * 2);
    timer.record([&](Recorder& r) { r.fillZero({&arena, 0, arena.size()}); }); // pages exist then
    (void)timer.run();

    std::vector<PeakDispatch> reads;
    uint64_t results = 0;
    forEachSlice(device.info(), 0, half * 2, [&](uint64_t at, uint64_t bytes) {
        reads.push_back(readPeak(at, bytes, results));
        results += (peakResultBytes(reads.back().dispatch) + 255) / 256 * 256;
    });
    memory.require(Memory::Scratch, results);
    const Rate read = measure(timer, memory, reads);
    std::vector<PeakDispatch> copies;
    forEachSlice(device.info(), 0, half, [&](uint64_t at, uint64_t bytes) {
        copies.push_back(copyPeak(at, half + at, bytes));
    });
    const Rate copy = measure(timer, memory, copies);
    peaks.readGBs = read.best;
    peaks.readSpread = read.spread;
    peaks.copyGBs = copy.best;
    peaks.copySpread = copy.spread;
}

Peaks best(const Peaks& a, const Peaks& b)
{
    Peaks result = a;
    const auto take = [&](double Peaks::*rate, double Peaks::*spread) {
        if (b.*rate > a.*rate) {
            result.*rate = b.*rate;
            result.*spread = b.*spread;
        }
    };
    take(&Peaks::fmaGflops, &Peaks::fmaSpread);
    take(&Peaks::halfGflops, &Peaks::halfSpread);
    take(&Peaks::readGBs, &Peaks::readSpread);
    take(&Peaks::copyGBs, &Peaks::copySpread);
    take(&Peaks::hostFmaGflops, &Peaks::hostFmaSpread);
    return result;
}

Peaks measurePeaks(Device& device)
{
    DeviceMemory memory(device);
    Timer timer(device);
    Peaks peaks;
    const Rate single = measureArithmetic(timer, memory, Precision::Fp32);
    peaks.fmaGflops = single.best;
    peaks.fmaSpread = single.spread;
    if (device.info().fp16) {
        const Rate half = measureArithmetic(timer, memory, Precision::Fp16);
        peaks.halfGflops = half.best;
        peaks.halfSpread = half.spread;
    }
    measureMemory(device, timer, memory, peaks);
    if (device.info().type == "cpu") {
        const HostPeak host = measureHostPeak();
        peaks.hostFmaGflops = host.gflops;
        peaks.hostFmaSpread = host.spread;
        peaks.hostHandoverNs = measureHandover();
    }
    return peaks;
}

} // namespace inceptoscope
