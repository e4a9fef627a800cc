#include "vulkan/newer_driver.h"

#include "vulkan/physical_device.h"

#include <fstream>
#include <iterator>

namespace inceptoscope {

std::string osRelease()
{
    std::ifstream file("/etc/os-release");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string newerDriver(const DeviceInfo& device, const std::string& osRelease)
{
    const size_t at = device.driver.find("Mesa ");
    if (!device.driver.starts_with("llvmpipe") || at == std::string::npos)
        return {};
    const auto mesa = mesaVersion(device.driver.substr(at));
    const bool trixie = ("\n" + osRelease).find("\nVERSION_CODENAME=trixie\n") != std::string::npos;
    if (!mesa || *mesa != MesaVersion{25, 0} || !trixie)
        return {};
    return "Mesa 26.1 from Debian's backports takes four fifths of this driver's time, a seventh "
           "of it at "
           "the first start; to install it: echo 'deb http://deb.debian.org/debian "
           "trixie-backports "
           "main' | sudo tee /etc/apt/sources.list.d/backports.list && sudo apt update && sudo apt "
           "install -t trixie-backports mesa-vulkan-drivers";
}

} // namespace inceptoscope
