#include "engine/device_peaks.h"

#include "session/peaks.h"

namespace inceptoscope {

DevicePeaks devicePeaks(const Peaks& p)
{
    return {
        .fmaGflops = p.fmaGflops,
        .fmaSpread = p.fmaSpread,
        .readGBs = p.readGBs,
        .readSpread = p.readSpread,
        .copyGBs = p.copyGBs,
        .hostFmaGflops = p.hostFmaGflops};
}

DevicePeaks measureDevicePeaks(Device& device)
{
    return devicePeaks(measurePeaks(device));
}

} // namespace inceptoscope
