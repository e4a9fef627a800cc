#include "kernels/gradients.h"
#include "kernels/over_channels.h"

namespace inceptoscope {

Dispatch softmaxGradient(const Placed& y, const Placed& dy, const Placed& out)
{
    return overChannels(shaders::softmax_gradient, y, dy, out);
}

} // namespace inceptoscope
