#pragma once

#include "weights/mapped_file.h"
#include "weights/tensor_source.h"

#include <functional>
#include <memory>
#include <string>

namespace inceptoscope {

/// True for the index of weights that were saved in several files (Hugging Face's
/// model.safetensors.index.json, pytorch_model.bin.index.json). Never throws for the content.
[[nodiscard]] bool isShardIndex(const MappedFile& file);

/// Opens one of the files; must not follow another index.
using OpenShard = std::function<std::unique_ptr<TensorSource>(const std::string& path)>;

/// All tensors of the files that an index names, which lie in its own folder. Throws Error(Io |
/// BadInput): one sentence that names the index and the file that is missing or wrong.
[[nodiscard]] std::unique_ptr<TensorSource>
openShards(const std::string& path, const OpenShard& open);

/// True for the name of one of several files, "model-00001-of-00002.safetensors".
[[nodiscard]] bool namesShard(const std::string& path);

} // namespace inceptoscope
