#pragma once

#include "weights/tensor_source.h"

#include <memory>

namespace inceptoscope {

/// Opens what torch.save wrote (.pth, .pt): a state_dict or a checkpoint that holds one, as a
/// zip archive or in the format before PyTorch 1.6, memory mapped. Its pickle is read, never
/// executed, and may name nothing but tensors (weights/pickle.h). float32, float16, bfloat16 and
/// float64 tensors are listed, other types are accepted but not listed; strides are resolved
/// when reading. Throws Error(Io) where the file can't be opened, Error(BadInput) for a bad
/// file: one sentence that names the file, the thing and what was expected.
[[nodiscard]] std::unique_ptr<TensorSource> openTorchFile(const std::string& path);

} // namespace inceptoscope
