#pragma once

#include "zoo/network.h"

namespace inceptoscope {

/// GoogLeNet, Szegedy et al. 2014, table 1, as released with Caffe (bvlc_googlenet): LRN, 5x5
/// branches, biases, pools that round up, two auxiliary heads.
/// The first fully connected layer of an auxiliary head depends on the input size.
[[nodiscard]] Network googlenet(uint32_t inputSize);

} // namespace inceptoscope
