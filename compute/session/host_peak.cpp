#include "session/host_peak.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace inceptoscope {

namespace {

constexpr uint32_t chains = 12; // hides a latency of up to six cycles on two units

/// One float of all results, so that nothing is left out as unused.
using Loop = float (*)(uint32_t steps, float factor, float summand);

struct Form
{
    Loop loop;
    uint32_t lanes;
};

// An expression of this type is a vector instruction on any processor; without fused ones the
// compiler takes two.
using Four = float __attribute__((vector_size(16)));

float fourLanes(uint32_t steps, float factor, float summand)
{
    const Four m{factor, factor, factor, factor};
    const Four c{summand, summand, summand, summand};
    Four a[chains];
    for (uint32_t k = 0; k < chains; ++k)
        a[k] = Four{float(k), 1, 2, 3};
    for (uint32_t s = 0; s < steps; ++s)
#pragma GCC unroll 12
        for (Four& value : a)
            value = value * m + c;
    Four sum{};
    for (const Four& value : a)
        sum += value;
    return sum[0] + sum[1] + sum[2] + sum[3];
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) float eightLanes(uint32_t steps, float factor, float summand)
{
    const __m256 m = _mm256_set1_ps(factor);
    const __m256 c = _mm256_set1_ps(summand);
    __m256 a[chains];
    for (uint32_t k = 0; k < chains; ++k)
        a[k] = _mm256_set1_ps(float(k));
    for (uint32_t s = 0; s < steps; ++s)
#pragma GCC unroll 12
        for (__m256& value : a)
            value = _mm256_fmadd_ps(value, m, c);
    __m256 sum = a[0];
    for (uint32_t k = 1; k < chains; ++k)
        sum = _mm256_add_ps(sum, a[k]);
    return _mm256_cvtss_f32(sum);
}

__attribute__((target("avx512f"))) float sixteenLanes(uint32_t steps, float factor, float summand)
{
    const __m512 m = _mm512_set1_ps(factor);
    const __m512 c = _mm512_set1_ps(summand);
    __m512 a[chains];
    for (uint32_t k = 0; k < chains; ++k)
        a[k] = _mm512_set1_ps(float(k));
    for (uint32_t s = 0; s < steps; ++s)
#pragma GCC unroll 12
        for (__m512& value : a)
            value = _mm512_fmadd_ps(value, m, c);
    __m512 sum = a[0];
    for (uint32_t k = 1; k < chains; ++k)
        sum = _mm512_add_ps(sum, a[k]);
    return _mm512_cvtss_f32(sum);
}
#endif

std::vector<Form> forms()
{
    std::vector<Form> list{{fourLanes, 4}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        list.push_back({eightLanes, 8});
    if (__builtin_cpu_supports("avx512f"))
        list.push_back({sixteenLanes, 16});
#endif
    return list;
}

/// GFLOP/s of all threads, from the first one's start to the last one's end.
double attempt(const Form& form, uint32_t threads, uint32_t steps)
{
    using Clock = std::chrono::steady_clock;
    std::vector<Clock::time_point> begin(threads);
    std::vector<Clock::time_point> end(threads);
    std::vector<float> results(threads);
    std::vector<std::thread> workers;
    for (uint32_t t = 0; t < threads; ++t)
        workers.emplace_back([&, t] {
            begin[t] = Clock::now();
            results[t] = form.loop(steps, 0.5F, 0.25F);
            end[t] = Clock::now();
        });
    for (std::thread& worker : workers)
        worker.join();
    volatile float kept = 0;
    for (const float result : results)
        kept = kept + result;
    const std::chrono::duration<double> took =
        *std::max_element(end.begin(), end.end()) - *std::min_element(begin.begin(), begin.end());
    return 2.0 * form.lanes * chains * steps * threads / took.count() / 1e9;
}

} // namespace

HostPeak measureHostPeak()
{
    constexpr uint32_t attempts = 5;
    constexpr uint32_t steps = 800'000; // 12 chains at two a cycle and 3 GHz: 1.6 ms
    const uint32_t threads = std::max(1U, std::thread::hardware_concurrency());
    HostPeak peak;
    for (const Form& form : forms()) {
        double best = 0;
        double worst = 0;
        for (uint32_t i = 0; i < attempts; ++i) {
            const double rate = attempt(form, threads, steps);
            best = std::max(best, rate);
            worst = i == 0 ? rate : std::min(worst, rate);
        }
        if (best > peak.gflops)
            peak = {.gflops = best, .spread = 1 - worst / best};
    }
    return peak;
}

} // namespace inceptoscope
