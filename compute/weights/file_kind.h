#pragma once

#include "weights/mapped_file.h"

#include <string>

namespace inceptoscope {

/// What a file is that is no weights file of ours, by its content, and what to do next: "is a
/// web page (...); open the address in a browser and save the file itself". It follows the file's
/// name in a sentence. Empty where it is nothing that is known here, a safetensors, PyTorch or
/// ONNX file among them. Never throws for the content.
[[nodiscard]] std::string foreignKind(const MappedFile& file);

/// The same for a zip archive without a data.pkl, which every PyTorch file has; never empty.
/// Throws Error(BadInput) where the archive's directory is damaged.
[[nodiscard]] std::string foreignZip(const MappedFile& file);

/// The same for text: web pages, pointers, servers' answers. Empty for other bytes.
[[nodiscard]] std::string foreignText(const MappedFile& file);

/// The same for messages of protobuf: Core ML, TensorFlow, Caffe. Empty for others.
[[nodiscard]] std::string foreignProtobuf(const MappedFile& file);

/// What a file is that nothing is known of: its first bytes, and what could be read.
[[nodiscard]] std::string unknownKind(const MappedFile& file);

} // namespace inceptoscope
