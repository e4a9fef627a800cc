#include "kernels/gradients.h"
#include "kernels/over_channels.h"

namespace inceptoscope {

Dispatch l2NormalizeGradient(const Placed& x, const Placed& dy, const Placed& out)
{
    return overChannels(shaders::l2_normalize_gradient, x, dy, out);
}

} // namespace inceptoscope
