#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace inceptoscope {

/// Pieces of pickles, and the files that PyTorch packs them into, well-formed or not.
struct ZipEntry
{
    std::string name;
    std::string data;
    uint16_t method = 0;
    uint16_t flags = 0;
    std::string localName = {}; ///< where the entry's own head is to name something else
    uint32_t missing = 0;       ///< bytes that the directory counts and the entry lacks
};

[[nodiscard]] std::string zipBytes(const std::vector<ZipEntry>& entries);

/// archive/data.pkl with this pickle, and archive/data/0 with as many bytes.
[[nodiscard]] std::string torchZip(const std::string& pickle, size_t storageBytes = 8);

/// The format before PyTorch 1.6 with one storage "0".
[[nodiscard]] std::string torchLegacy(
    const std::string& pickle, uint64_t values, size_t storageBytes,
    const std::string& keys = std::string("]U\x01"
                                          "0a"));

[[nodiscard]] std::string pickledText(const std::string& text);
[[nodiscard]] std::string pickledInteger(int64_t value);
[[nodiscard]] std::string pickledTuple(const std::vector<int64_t>& values);

struct PickledTensor
{
    std::vector<int64_t> shape = {2};
    std::vector<int64_t> strides = {1};
    int64_t offset = 0;
    int64_t values = 2; ///< of the storage
    std::string type = "FloatStorage";
    std::string function = "_rebuild_tensor_v2";
    std::string key = "0";
};
[[nodiscard]] std::string pickledTensor(const PickledTensor& tensor);

/// A pickle of the dictionary {"a": tensor}.
[[nodiscard]] std::string stateDict(const PickledTensor& tensor);
/// A pickle of the dictionary with these pickled values, by their keys.
[[nodiscard]] std::string
dictionary(const std::vector<std::pair<std::string, std::string>>& values);

} // namespace inceptoscope
