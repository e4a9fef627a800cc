#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace google::protobuf {
class Descriptor;
}

namespace inceptoscope {

/// What a protobuf message would be in memory, found by walking its bytes without allocating.
/// A message of two bytes takes hundreds once parsed, so this is asked before parsing.
struct WireScan
{
    size_t memory = 0; ///< bytes, roughly and rather too many
    std::string fault; ///< empty, or why it can't be parsed: "ends inside its graph"
};

/// Walks a message of this type; deeper nesting than ONNX models have is a fault.
[[nodiscard]] WireScan
scanWire(std::span<const std::byte> bytes, const google::protobuf::Descriptor& type);

} // namespace inceptoscope
