#pragma once

#include <filesystem>
#include <optional>
#include <sys/stat.h>

namespace inceptoscope {

/// Where what is written to a path goes.
struct OutputTarget
{
    std::filesystem::path path;      ///< what is replaced, or opened: links have been followed
    std::optional<struct stat> info; ///< of what stands there; nothing: it will be new
    bool stream = false;             ///< a device, a pipe, a socket: written to, never replaced
    int own = -1;                    ///< a descriptor of this process, as /dev/stdout is one
};

/// Follows links to what they lead to, which may not be there yet. Throws Error(Io) about `path`
/// with the system's reason.
[[nodiscard]] OutputTarget outputTarget(const std::filesystem::path& path);

} // namespace inceptoscope
