#include "engine/device_peaks.h"

#include "session/peaks.h"

#include <algorithm>

namespace inceptoscope {

DevicePeaks best(const DevicePeaks& a, const DevicePeaks& b)
{
    const bool fma = b.fmaGflops > a.fmaGflops;
    const bool read = b.readGBs > a.readGBs;
    return {
        .fmaGflops = fma ? b.fmaGflops : a.fmaGflops,
        .fmaSpread = fma ? b.fmaSpread : a.fmaSpread,
        .readGBs = read ? b.readGBs : a.readGBs,
        .readSpread = read ? b.readSpread : a.readSpread,
        .copyGBs = std::max(a.copyGBs, b.copyGBs),
        .hostFmaGflops = std::max(a.hostFmaGflops, b.hostFmaGflops)};
}

DevicePeaks measureDevicePeaks(Device& device)
{
    const Peaks p = measurePeaks(device);
    return {
        .fmaGflops = p.fmaGflops,
        .fmaSpread = p.fmaSpread,
        .readGBs = p.readGBs,
        .readSpread = p.readSpread,
        .copyGBs = p.copyGBs,
        .hostFmaGflops = p.hostFmaGflops};
}

} // namespace inceptoscope
