#include "address/pictures.h"

#include "file_name.h"

#include <filesystem>

namespace inceptoscope {

const QStringList& bundledPictures()
{
    static const QStringList names{"city-skyline",  "clock-face", "torus",
                                   "stained-glass", "leopard",    "julia-set",
                                   "smiling-face",  "chelsea",    "coffee"};
    return names;
}

bool isPicture(const QString& name)
{
    std::error_code failure;
    return bundledPictures().contains(name) ||
           std::filesystem::is_regular_file(fileBytes(name), failure);
}

} // namespace inceptoscope
