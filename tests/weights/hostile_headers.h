#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace inceptoscope {

/// A file that must be refused: its header, how many bytes of data follow, and what the
/// message says after "weights: FILE: ".
struct HostileHeader
{
    const char* name;
    std::string header;
    size_t dataBytes = 0;
    std::string message;
};

/// Headers that are wrong as JSON or in their structure.
[[nodiscard]] std::vector<HostileHeader> malformedHeaders();
/// Well-formed headers whose types, shapes or names can't be.
[[nodiscard]] std::vector<HostileHeader> impossibleTensors();
/// Tensors that don't cover the data exactly.
[[nodiscard]] std::vector<HostileHeader> impossibleRanges();

} // namespace inceptoscope
