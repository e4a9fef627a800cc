#pragma once

#include "weights/tensor_source.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace inceptoscope {

/// Opens a safetensors file (8-byte little-endian header length, JSON header, data), memory
/// mapped. Every dtype, shape, offset and overlap is checked before anything is read; float32,
/// float16, bfloat16 and float64 tensors are listed, other dtypes of the format are accepted but
/// not listed. Throws Error(Io) where the file can't be opened, Error(BadInput) for a bad file: one
/// sentence that names the file, the tensor, the value and what was expected.
[[nodiscard]] std::unique_ptr<TensorSource> openSafetensors(const std::string& path);

/// A float32 tensor to write; `data` must outlive the call.
struct NamedTensor
{
    std::string key;
    std::vector<uint64_t> shape;
    std::span<const float> data;
};

/// Gives the values of the tensor of that index.
using TensorValues = std::function<std::vector<float>(size_t index)>;

/// Writes float32 tensors as files/output_file.h writes, so that a reader never sees half a file.
/// Throws Error(Io) that names the path.
void writeSafetensors(
    const std::filesystem::path& path, const std::vector<NamedTensor>& tensors,
    const std::map<std::string, std::string>& metadata);

/// The same for tensors that are never in memory all at once: `values` is asked for one after the
/// other. Of `tensors` the key and the shape count.
void writeSafetensors(
    const std::filesystem::path& path, const std::vector<TensorInfo>& tensors,
    const std::map<std::string, std::string>& metadata, const TensorValues& values);

} // namespace inceptoscope
