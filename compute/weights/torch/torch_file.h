#pragma once

#include "weights/tensor_source.h"
#include "weights/torch/torch_parts.h"

#include <memory>

namespace inceptoscope {

/// Opens what torch.save wrote (.pth, .pt): a state_dict, a checkpoint that holds one, a module
/// saved whole or as TorchScript; as a zip archive or in the format before PyTorch 1.6, memory
/// mapped. Its pickle is read, never executed (weights/pickle.h). float32, float16, bfloat16 and
/// float64 tensors are listed, other types are accepted but not listed; strides are resolved
/// when reading. Throws Error(Io) where the file can't be opened, Error(BadInput) for a bad
/// file: one sentence that names the file, the thing and what was expected.
[[nodiscard]] std::unique_ptr<TensorSource> openTorchFile(const std::string& path);

/// The same for one of several parts (weights/torch_parts.h). `request.part` is emptied where it
/// names a part; where it doesn't, it is left to whoever knows the tensors' names.
[[nodiscard]] std::unique_ptr<TensorSource>
openTorchPart(const std::string& path, TorchRequest& request);

} // namespace inceptoscope
