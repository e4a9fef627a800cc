#include "engine/device_peaks.h"

#include "session/peaks.h"

namespace inceptoscope {

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
