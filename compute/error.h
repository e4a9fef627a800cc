#pragma once

#include <stdexcept>
#include <string>

namespace inceptoscope {

/// What went wrong, so that the two places that catch (the engine's loop and the command
/// line's main) can choose an exit code or a remedy without reading the message.
enum class ErrorKind
{
    Usage,       ///< the caller asked for something that doesn't exist (exit code 2)
    BadInput,    ///< a file's content is wrong: truncated, misshapen, not a picture
    Io,          ///< a file can't be opened, read or written
    NoDevice,    ///< no Vulkan driver, no device, no compute queue
    Unsupported, ///< the device lacks something that is needed
    OutOfMemory, ///< host or device memory
    DeviceLost,  ///< the device stopped answering
    Cancelled,   ///< somebody asked to stop
};

/// The one exception type of compute/. The message is one sentence that names the thing,
/// the value and what was expected, and is shown to people as it is.
class Error : public std::runtime_error
{
public:
    Error(ErrorKind kind, const std::string& message)
        : std::runtime_error(message)
        , m_kind(kind)
    {
    }
    [[nodiscard]] ErrorKind kind() const noexcept { return m_kind; }

private:
    ErrorKind m_kind;
};

} // namespace inceptoscope
