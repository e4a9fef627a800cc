#include "weights/beside.h"

#include <algorithm>
#include <filesystem>

namespace inceptoscope {

namespace {

using std::filesystem::path;

bool liesIn(const path& folder, const path& file)
{
    const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return end == folder.end() && rest != file.end();
}

/// CACHE/blobs of CACHE/snapshots/REVISION/...; empty for any other folder.
path blobsOf(const path& folder)
{
    for (path at = folder; at.has_relative_path(); at = at.parent_path())
        if (at.parent_path().filename() == "snapshots")
            return at.parent_path().parent_path() / "blobs";
    return {};
}

} // namespace

FileBeside fileBeside(const std::string& file, const std::string& location)
{
    const path folder = path(file).parent_path();
    const path named = folder / path(location).lexically_normal();
    std::error_code fault;
    const path home = std::filesystem::canonical(folder.empty() ? "." : folder, fault);
    const path real = std::filesystem::canonical(named, fault);
    if (fault)
        return {.path = named.string(), .fault = fault};
    const path blobs = blobsOf(home);
    return {
        .path = real.string(),
        .strays = !liesIn(home, real) && (blobs.empty() || !liesIn(blobs, real)),
        .fault = {}};
}

} // namespace inceptoscope
