#include "kernels/softmax.h"

#include "kernels/over_channels.h"

namespace inceptoscope {

Dispatch softmax(const Placed& in, const Placed& out)
{
    return overChannels(shaders::softmax, in, out);
}

} // namespace inceptoscope
