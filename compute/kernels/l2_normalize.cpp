#include "kernels/l2_normalize.h"

#include "kernels/over_channels.h"

namespace inceptoscope {

Dispatch l2Normalize(const Placed& in, const Placed& out)
{
    return overChannels(shaders::l2_normalize, in, out);
}

} // namespace inceptoscope
