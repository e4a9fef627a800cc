#include "files/system_reason.h"

#include "ascii.h"

#include <cerrno>
#include <cstring>

namespace inceptoscope {

std::string systemReason(int error)
{
    if (error == ENOSPC)
        return "no space left on the device";
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 32)
    const char* known = strerrordesc_np(error); // never translated
#else
    const char* known = std::strerror(error);
#endif
    if (known == nullptr || error == 0)
        return "the system gives no reason (error " + std::to_string(error) + ")";
    std::string text = known;
    // Not "I/O error" or "RPC ...".
    if (text.size() > 1 && ascii::upper(text[1]) != text[1])
        text[0] = ascii::lower(text[0]);
    return text;
}

Error cannotBeWritten(const std::filesystem::path& path, const std::string& reason)
{
    return {ErrorKind::Io, path.string() + " can't be written: " + reason};
}

Error cannotBeWritten(const std::filesystem::path& path, int error)
{
    return cannotBeWritten(path, systemReason(error));
}

} // namespace inceptoscope
