#include "zoo/network.h"

#include "error.h"
#include "zoo/googlenet.h"

#include <array>

namespace inceptoscope {

namespace {

struct Entry
{
    std::string_view id;
    Network (*make)(uint32_t inputSize);
    uint32_t inputSize;
};

Network make(const Entry& entry, std::optional<uint32_t> inputSize)
{
    if (!inputSize)
        return entry.make(entry.inputSize);
    try {
        return entry.make(*inputSize);
    } catch (const Error& error) {
        throw Error(
            ErrorKind::Usage, "network " + std::string(entry.id) + ": an input of " +
                                  std::to_string(*inputSize) + "x" + std::to_string(*inputSize) +
                                  " is too small (" + error.what() + ")");
    }
}

constexpr std::array registry = {
    Entry{"googlenet", googlenet, 224},
};

} // namespace

std::vector<std::string> networkIds()
{
    std::vector<std::string> ids;
    ids.reserve(registry.size());
    for (const Entry& entry : registry)
        ids.emplace_back(entry.id);
    return ids;
}

Network makeNetwork(std::string_view id, std::optional<uint32_t> inputSize)
{
    std::string known;
    for (const Entry& entry : registry) {
        if (entry.id == id)
            return make(entry, inputSize);
        known += (known.empty() ? "" : ", ") + std::string(entry.id);
    }
    throw Error(
        ErrorKind::Usage,
        "network \"" + std::string(id) + "\" doesn't exist; the networks are: " + known);
}

} // namespace inceptoscope
