#include "zoo/network.h"

#include "error.h"
#include "zoo/networks.h"

#include <array>

namespace inceptoscope {

namespace {

struct Entry
{
    std::string_view id;
    Network (*make)(const Size& size);
    uint32_t inputSize;
};

Network make(const Entry& entry, const NetworkOptions& options)
{
    const auto& inputSize = options.inputSize;
    if (!inputSize)
        return entry.make({.input = entry.inputSize, .classes = options.classes});
    try {
        return entry.make({.input = *inputSize, .classes = options.classes});
    } catch (const Error& error) {
        throw Error(
            ErrorKind::Usage, "network " + std::string(entry.id) + ": an input of " +
                                  std::to_string(*inputSize) + "x" + std::to_string(*inputSize) +
                                  " doesn't fit (" + error.what() + ")");
    }
}

constexpr std::array registry = {
    Entry{"googlenet", googlenet, 224},
    Entry{"googlenet_naive", googlenetNaive, 224},
    Entry{"googlenet_bn", googlenetBn, 224},
    Entry{"bn_inception", bnInception, 224},
    Entry{"bn_inception_slim", bnInceptionSlim, 224},
    Entry{"inception_v2", inceptionV2, 299},
    Entry{"inception_v3", inceptionV3, 299},
    Entry{"inception_v4", inceptionV4, 299},
    Entry{"inception_resnet_v1", inceptionResnetV1, 299},
    Entry{"facenet", facenet, 160},
    Entry{"inception_resnet_v2", inceptionResnetV2, 299},
    Entry{"inception_resnet_v2_paper", inceptionResnetV2Paper, 299},
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

Network makeNetwork(std::string_view id, const NetworkOptions& options)
{
    std::string known;
    for (const Entry& entry : registry) {
        if (entry.id == id)
            return make(entry, options);
        known += (known.empty() ? "" : ", ") + std::string(entry.id);
    }
    throw Error(
        ErrorKind::Usage,
        "network \"" + std::string(id) + "\" doesn't exist; the networks are: " + known);
}

} // namespace inceptoscope
