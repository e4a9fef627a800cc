#include "kernels/peaks.h"

namespace inceptoscope {

namespace {

constexpr uint32_t readTexels = readPieceBytes / groupWidth / 16;
constexpr uint32_t copyTexels = 16;

Binding texels(uint64_t offset, uint64_t bytes)
{
    return {Memory::Arena, Access::Texels, offset, bytes};
}

} // namespace

uint64_t peakResultBytes(const Dispatch& dispatch)
{
    return uint64_t(dispatch.groups[0]) * groupWidth * sizeof(float);
}

PeakDispatch arithmeticPeak(Precision precision, uint32_t groups)
{
    // Halves are slow where they are emulated, and a short program is then enough.
    const uint32_t loops = precision == Precision::Fp16 ? 16 : 64;
    constexpr uint32_t steps = 32;
    constexpr uint32_t values = 12; // that the shader holds, one multiply-add each a step
    struct Push
    {
        float spread, summand;
    };
    Dispatch dispatch{
        .shader = &shaders::peak_arithmetic,
        .precision = precision,
        .constants = {groupWidth, loops, steps},
        .bindings = {},
        .push = PushBytes(Push{.spread = 0.001F, .summand = 0.1875F}),
        .groups = {groups, 1, 1}};
    dispatch.bindings = {{Memory::Scratch, Access::Write, 0, peakResultBytes(dispatch)}};
    const double each = 2.0 * values * steps * loops;
    return {.dispatch = std::move(dispatch), .amount = each * groups * groupWidth};
}

PeakDispatch readPeak(uint64_t offset, uint64_t bytes, uint64_t result)
{
    Dispatch dispatch{
        .shader = &shaders::peak_read,
        .constants = {groupWidth, readTexels},
        .bindings = {},
        .push = {},
        .groups = {uint32_t(bytes / readPieceBytes), 1, 1}};
    dispatch.bindings = {
        texels(offset, bytes), {Memory::Scratch, Access::Write, result, peakResultBytes(dispatch)}};
    return {.dispatch = std::move(dispatch), .amount = double(bytes)};
}

PeakDispatch copyPeak(uint64_t from, uint64_t to, uint64_t bytes)
{
    return {
        .dispatch =
            {.shader = &shaders::peak_copy,
             .constants = {groupWidth, copyTexels},
             .bindings = {texels(from, bytes), {Memory::Arena, Access::Write, to, bytes}},
             .push = {},
             .groups = {uint32_t(bytes / (uint64_t(groupWidth) * copyTexels * 16)), 1, 1}},
        .amount = 2.0 * double(bytes)};
}

} // namespace inceptoscope
