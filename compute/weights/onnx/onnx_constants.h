#pragma once

#include "weights/onnx/onnx_file.h"

#include <optional>
#include <vector>

namespace inceptoscope {

/// A tensor of the file as the graph sees it behind reshapes and transpositions: the same
/// values, found with other strides.
struct OnnxConstant
{
    size_t tensor = 0; ///< index into OnnxModel::tensors
    std::vector<uint64_t> shape;
    std::vector<uint64_t> strides; ///< in values

    [[nodiscard]] uint64_t elements() const;
    /// Without dimensions of 1, which broadcasting ignores.
    [[nodiscard]] std::vector<uint64_t> squeezed() const;
    [[nodiscard]] OnnxConstant transposed(const std::vector<size_t>& order) const;
    /// Nothing where the values don't lie in order, or are of another number.
    [[nodiscard]] std::optional<OnnxConstant> reshaped(const std::vector<uint64_t>& shape) const;
};

[[nodiscard]] OnnxConstant wholeTensor(const OnnxModel& model, size_t tensor);

/// The values in the order of its shape. Its tensor has a dtype.
[[nodiscard]] std::vector<float> readConstant(const OnnxModel& model, const OnnxConstant& constant);

/// What a node makes of constants: Identity, Cast, Dropout, Reshape, Flatten, Squeeze, Unsqueeze,
/// Transpose. `operands` are its inputs, the missing and unknown ones empty. Nothing for any
/// other op, and where it isn't known what results.
[[nodiscard]] std::optional<OnnxConstant> resultOfConstants(
    const OnnxModel& model, const OnnxNode& node,
    const std::vector<std::optional<OnnxConstant>>& operands);

/// An attribute, or nothing where it isn't there. Throws Error(BadInput) where it is there and
/// of another type.
[[nodiscard]] std::optional<int64_t>
integerAttribute(const OnnxModel& model, const OnnxNode& node, const char* name);
[[nodiscard]] std::optional<float>
numberAttribute(const OnnxModel& model, const OnnxNode& node, const char* name);
[[nodiscard]] std::optional<std::vector<int64_t>>
integersAttribute(const OnnxModel& model, const OnnxNode& node, const char* name);
/// Empty where it isn't there, or isn't text.
[[nodiscard]] std::string textAttribute(const OnnxNode& node, const char* name);

} // namespace inceptoscope
