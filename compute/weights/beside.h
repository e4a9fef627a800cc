#pragma once

#include <string>
#include <system_error>

namespace inceptoscope {

/// A file that another one names, as an ONNX model does its values and an index its shards.
struct FileBeside
{
    std::string path;      ///< links followed; what it was looked for as, with a fault
    bool strays = false;   ///< a link leads out of the folder: not to be read
    std::error_code fault; ///< why it can't be found
};

/// `location`, relative to the folder of `file`. Links are followed: what they lead to must lie in
/// that folder or below, or be what a hub's cache made them for, from CACHE/snapshots/REVISION to
/// CACHE/blobs.
[[nodiscard]] FileBeside fileBeside(const std::string& file, const std::string& location);

} // namespace inceptoscope
