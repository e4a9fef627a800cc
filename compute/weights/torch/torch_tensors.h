#pragma once

#include "weights/torch/pickle.h"
#include "weights/torch/pickle_globals.h"
#include "weights/torch/torch_parts.h"

namespace inceptoscope {

/// Where a pickle says that a tensor's values lie: in a storage, which several may share.
struct TorchStorage
{
    std::string key;
    TorchStorageType type;
    uint64_t values = 0; ///< in all of it
    uint64_t first = 0;  ///< of a view into it, which old files have
    uint64_t usable = 0; ///< values from there on
};

/// A tensor of a pickle; its values are storage[offset + sum of index * stride].
struct TorchTensor
{
    std::string key;
    TorchStorage storage;
    uint64_t offset = 0; ///< values, from the storage's beginning
    std::vector<uint64_t> shape = {};
    std::vector<uint64_t> strides = {}; ///< values
};

/// The tensors of a part of the pickle (torch_parts.h). Checked: names once, types, shapes,
/// strides, and that each lies in its storage. Throws Error(BadInput): one sentence that names the
/// file `path` and the tensor.
[[nodiscard]] std::vector<TorchTensor>
torchTensors(const Pickle& pickle, const TorchPart& part, const std::string& path);

/// What a Persistent value of the pickle describes. Throws as above.
[[nodiscard]] TorchStorage
torchStorage(const Pickle& pickle, PickleId persistent, const std::string& path);

} // namespace inceptoscope
