#include "vulkan/cache_file.h"

#include "files/state_file.h"
#include "files/temporaries.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

namespace inceptoscope {

namespace {

namespace fs = std::filesystem;

fs::path pipelineFile(VkPhysicalDevice device)
{
    fs::path path = cacheFile(device, "pipelines");
    return path.empty() ? path : path += ".bin";
}

/// Drivers should check the header themselves; some crashed on foreign data.
bool headerFits(VkPhysicalDevice device, const std::vector<char>& data)
{
    VkPipelineCacheHeaderVersionOne header;
    if (data.size() < sizeof header)
        return false;
    std::memcpy(&header, data.data(), sizeof header);
    VkPhysicalDeviceProperties p;
    vkGetPhysicalDeviceProperties(device, &p);
    return header.headerVersion == VK_PIPELINE_CACHE_HEADER_VERSION_ONE &&
           header.vendorID == p.vendorID && header.deviceID == p.deviceID &&
           std::memcmp(header.pipelineCacheUUID, p.pipelineCacheUUID, VK_UUID_SIZE) == 0;
}

} // namespace

fs::path cacheFolder()
{
    if (const char* xdg = std::getenv("XDG_CACHE_HOME"); xdg != nullptr && *xdg == '/')
        return fs::path(xdg) / "inceptoscope";
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
        return fs::path(home) / ".cache" / "inceptoscope";
    return {};
}

fs::path cacheFile(VkPhysicalDevice device, const std::string& what)
{
    const fs::path folder = cacheFolder();
    if (folder.empty())
        return {};
    VkPhysicalDeviceProperties p;
    vkGetPhysicalDeviceProperties(device, &p);
    std::string name = "-" + std::to_string(p.vendorID) + "-" + std::to_string(p.deviceID) + "-" +
                       std::to_string(p.driverVersion) + "-";
    for (const uint8_t byte : p.pipelineCacheUUID) {
        static constexpr const char* digits = "0123456789abcdef";
        name += digits[byte >> 4];
        name += digits[byte & 15];
    }
    return folder / (what + name);
}

std::vector<std::string> cacheObjections(VkPhysicalDevice device)
{
    const fs::path folder = cacheFolder();
    if (folder.empty())
        return {};
    sweepTemporaries(folder);
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (fs::exists(status) && !fs::is_directory(status))
        return {folder.string() + " is not a folder, so nothing is kept for the next start"};
    std::vector<std::string> objections;
    for (const fs::path& path : {pipelineFile(device), tunedFormsFile(device)})
        if (std::string objection = stateObjection(path); !objection.empty())
            objections.push_back(std::move(objection));
    return objections;
}

fs::path tunedFormsFile(VkPhysicalDevice device)
{
    fs::path path = cacheFile(device, "forms");
    return path.empty() ? path : path += ".json";
}

std::vector<char> readCacheFile(VkPhysicalDevice device)
{
    constexpr uint64_t largest = uint64_t(256) << 20;
    const fs::path path = pipelineFile(device);
    const auto content = path.empty() ? std::nullopt : readStateFile(path, largest);
    if (!content)
        return {};
    std::vector<char> data(content->begin(), content->end());
    return headerFits(device, data) ? data : std::vector<char>();
}

void writeCacheFile(VkPhysicalDevice device, const std::vector<char>& data)
{
    const fs::path path = pipelineFile(device);
    if (!path.empty())
        writeStateFile(path, {data.data(), data.size()});
}

} // namespace inceptoscope
