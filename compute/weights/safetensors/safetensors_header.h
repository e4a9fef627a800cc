#pragma once

#include "weights/mapped_file.h"
#include "weights/tensor_source.h"

namespace inceptoscope {

struct SafetensorsEntry
{
    std::string key;
    std::optional<DType> dtype; ///< empty: a type that the format has and we don't read
    std::vector<uint64_t> shape;
    uint64_t offset = 0; ///< bytes from the start of the file
    uint64_t bytes = 0;
};

struct SafetensorsHeader
{
    std::vector<SafetensorsEntry> entries; ///< in the order of their data
    std::map<std::string, std::string> metadata;
};

/// Reads and checks the header: types, shapes without overflow, offsets inside the file that
/// cover it without gap or overlap, keys once. Throws Error(BadInput): one sentence that names
/// the file and the tensor.
[[nodiscard]] SafetensorsHeader parseSafetensorsHeader(const MappedFile& file);

} // namespace inceptoscope
