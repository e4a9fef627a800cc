#pragma once

#include "weights/onnx/onnx_file.h"

namespace inceptoscope {

/// Where a tensor's values lie outside the model, in the words of the file.
struct ExternalData
{
    std::string
        location;       ///< "x.data", "./x.data" or "parts/x.data": never above the model's folder
    std::string offset; ///< decimal; empty: 0
    std::string length; ///< decimal; empty: what the shape says
};

/// Checks it, opens the file in the model's folder or below unless it is open, and notes both in
/// `tensor`. A link out of that folder is followed only where a hub's cache made it: from
/// CACHE/snapshots/REVISION to CACHE/blobs.
/// `what` names the tensor in messages. Throws Error(BadInput | Io).
void openExternal(
    OnnxModel& model, OnnxTensor& tensor, const ExternalData& data, const std::string& what);

} // namespace inceptoscope
