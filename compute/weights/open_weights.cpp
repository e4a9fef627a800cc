#include "weights/open_weights.h"

#include "error.h"
#include "weights/mapped_file.h"
#include "weights/safetensors.h"
#include "weights/synthetic.h"
#include "weights/torch_file.h"

#include <algorithm>
#include <cstring>

namespace inceptoscope {

constexpr std::string_view synthetic = "synthetic";

bool isSynthetic(const std::string& spec)
{
    return spec == synthetic || spec.starts_with(std::string(synthetic) + ":");
}

constexpr const char* torchFormat = "a PyTorch file";

/// What a file that isn't safetensors looks like, by its first bytes; empty where unknown. A
/// safetensors file begins with any eight bytes, but then comes its header's brace.
static std::string otherFormat(const MappedFile& file)
{
    const auto head = file.bytes(0, std::min<uint64_t>(file.size(), 16));
    if (head.size() > 8 && head[8] == std::byte('{'))
        return {};
    const auto begins = [&](std::string_view magic) {
        return head.size() >= magic.size() &&
               std::memcmp(head.data(), magic.data(), magic.size()) == 0;
    };
    if (begins("PK\x03\x04"))
        return torchFormat;
    // A tag or an opcode follows a version; the third byte of a header's length is mostly 0.
    const bool versioned = head.size() > 2 && head[2] != std::byte(0);
    if (versioned && head[0] == std::byte(0x80) && head[1] >= std::byte(2) &&
        head[1] <= std::byte(5))
        return torchFormat;
    if (begins("\x89HDF"))
        return "an HDF5 file";
    if (versioned && head[0] == std::byte(0x08) && head[1] <= std::byte(0x10))
        return "an ONNX file";
    return {};
}

std::unique_ptr<TensorSource> openWeights(const std::string& spec, const Graph& graph)
{
    if (isSynthetic(spec))
        return syntheticWeights(
            graph, spec.size() > synthetic.size() ? spec.substr(synthetic.size() + 1) : "");
    const std::string other = otherFormat(MappedFile(spec));
    if (other == torchFormat)
        return openTorchFile(spec);
    if (!other.empty())
        throw Error(
            ErrorKind::BadInput, "weights: " + spec + " looks like " + other +
                                     "; only safetensors and PyTorch files can be read, convert "
                                     "it first");
    return openSafetensors(spec);
}

} // namespace inceptoscope
