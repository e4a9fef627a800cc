#pragma once

#include "weights/mapped_file.h"
#include "weights/torch/torch_labels.h"
#include "weights/torch/torch_tensors.h"

#include <string>

namespace inceptoscope {

/// A torch file's tensors, and where in the file the storage of each begins.
struct TorchContents
{
    std::vector<TorchTensor> tensors;
    std::vector<uint64_t> storageOffsets; ///< bytes from the start of the file, as tensors
    TorchLabels labels = {};
    TorchChoice choice = {}; ///< which part was read
};

/// A zip archive (PyTorch 1.6 and later): NAME/data.pkl, and NAME/data/KEY a storage.
[[nodiscard]] TorchContents readTorchZip(const MappedFile& file, const TorchRequest& request);

/// Five pickles (PyTorch before 1.6: magic number, protocol, sizes of C's types, the object,
/// the storages' keys), then for each key the number of its values and these.
[[nodiscard]] TorchContents readTorchLegacy(const MappedFile& file, const TorchRequest& request);

} // namespace inceptoscope
