#pragma once

#include "weights/mapped_file.h"
#include "weights/tensor_source.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace inceptoscope {

/// A tensor of an ONNX file: an initialiser, or what an attribute holds (a Constant's value).
struct OnnxTensor
{
    std::string name;
    std::optional<DType> dtype; ///< empty: integers, text or complex numbers
    bool wholeNumbers = false;  ///< INT32 or INT64, the types of shapes and axes
    uint32_t valueBytes = 0;    ///< of one value; 0 for text
    std::vector<uint64_t> shape;
    std::string data;           ///< little-endian values; empty where they lie in another file
    std::optional<size_t> file; ///< index into OnnxModel::files
    uint64_t offset = 0;        ///< into that file

    [[nodiscard]] uint64_t elements() const;
};

struct OnnxAttribute
{
    enum class Kind : uint32_t
    {
        Integer,
        Number,
        Integers,
        Tensor,
        Text,
        Other ///< subgraphs, lists of others: nothing here needs them
    };
    std::string name;
    Kind kind = Kind::Other;
    int64_t integer = 0;
    float number = 0;
    std::vector<int64_t> integers;
    size_t tensor = 0; ///< index into OnnxModel::tensors
    std::string text;  ///< a word: what is longer than any is cut
};

struct OnnxNode
{
    std::string name; ///< its own, or its first result's
    std::string op;   ///< "Conv"; with its domain where that is not ONNX's: "my.ops::Conv"
    std::vector<std::string> inputs; ///< an empty name: left out
    std::vector<std::string> outputs;
    std::vector<OnnxAttribute> attributes;
};

/// What is needed of an ONNX file, as plain data. Subgraphs and functions are left out.
struct OnnxModel
{
    std::string path;
    std::string producer; ///< "pytorch 1.13.1"
    int64_t opset = 0;
    std::map<std::string, std::string> properties; ///< what whoever exported it noted
    std::vector<std::string> inputs;               ///< in old files the initialisers too
    std::vector<std::string> outputs;
    std::vector<OnnxNode> nodes;
    std::vector<OnnxTensor> tensors; ///< the initialisers first
    size_t initialisers = 0;
    std::vector<std::unique_ptr<MappedFile>> files; ///< beside it, with tensors' values

    /// Converts the values of tensors[index], which has a dtype; `out` holds exactly its elements.
    void read(size_t index, std::span<float> out) const;
    /// The values of a short tensor of whole numbers; nothing for any other.
    [[nodiscard]] std::optional<std::vector<int64_t>> wholeNumbers(size_t index) const;
    [[noreturn]] void refuse(const std::string& why) const;

private:
    [[nodiscard]] std::span<const std::byte> bytes(size_t index) const;
};

/// True for a protobuf message that begins as an ONNX model does, or is one from end to end; a
/// damaged model may still be recognised. Never throws for the content.
[[nodiscard]] bool looksLikeOnnx(const MappedFile& file);

/// Reads a model of any opset. All sizes are checked; memory is bounded by the file's size times
/// a small factor. Values may lie in other files, in the same folder or below, as exporters write
/// them. Throws Error(Io) where a file can't be opened, Error(BadInput) for a bad one: one sentence
/// that names the file, the tensor or node, the value and what was expected.
[[nodiscard]] OnnxModel readOnnx(const std::string& path);

/// What TensorSource::metadata() tells of a model: its properties, its opset and producer.
[[nodiscard]] std::map<std::string, std::string> onnxMetadata(const OnnxModel& model);

/// The floating-point initialisers under the file's own names.
[[nodiscard]] std::unique_ptr<TensorSource> openOnnx(const std::string& path);

} // namespace inceptoscope
