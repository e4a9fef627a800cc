#pragma once

#include "graph/op.h"
#include "kernels/dispatch.h"
#include "kernels/matrix.h"

namespace inceptoscope {

/// A matrix times a vector, for a result of one pixel (ConvForm::Vector): each four output channels
/// by a subgroup. The device must be able to add across one (DeviceInfo::subgroupArithmetic), the
/// matrix be packed in vectorBlocks.
[[nodiscard]] Dispatch vectorProduct(
    const Conv2d& op, const Placed& in, const Placed& out, const PlacedWeights& weights,
    const MatrixPacking& packing);

} // namespace inceptoscope
