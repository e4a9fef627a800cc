#pragma once

#include "weights/onnx/onnx_file.h"

#include <vector>

namespace inceptoscope {

/// The nodes so that each comes after those whose results it reads; as in the file where that is
/// so. Throws Error(BadInput) for a cycle, a value that nothing makes, one that two nodes make.
[[nodiscard]] std::vector<size_t> nodeOrder(const OnnxModel& model);

} // namespace inceptoscope
