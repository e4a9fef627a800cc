#include "vulkan/cache_file.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

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

void writeWhole(const fs::path& path, std::span<const char> data)
{
    fs::create_directories(path.parent_path());
    const fs::path temporary = path.string() + "." + std::to_string(getpid()) + ".tmp";
    {
        std::ofstream out(temporary, std::ios::binary);
        out.write(data.data(), std::streamsize(data.size()));
        if (!out.flush()) {
            std::error_code ec;
            fs::remove(temporary, ec);
            return;
        }
    }
    fs::rename(temporary, path);
}

std::vector<char> readCacheFile(VkPhysicalDevice device)
{
    const fs::path path = pipelineFile(device);
    std::error_code ec;
    const auto size = path.empty() ? 0 : fs::file_size(path, ec);
    if (path.empty() || ec || size > (uintmax_t(256) << 20))
        return {};
    std::ifstream in(path, std::ios::binary);
    std::vector<char> data(size);
    in.read(data.data(), std::streamsize(size));
    if (!in || !headerFits(device, data))
        return {};
    return data;
}

void writeCacheFile(VkPhysicalDevice device, const std::vector<char>& data)
{
    const fs::path path = pipelineFile(device);
    if (!path.empty())
        writeWhole(path, data);
}

} // namespace inceptoscope
