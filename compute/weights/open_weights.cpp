#include "weights/open_weights.h"

#include "error.h"
#include "weights/mapped_file.h"
#include "weights/onnx_file.h"
#include "weights/onnx_mapping.h"
#include "weights/safetensors.h"
#include "weights/synthetic.h"
#include "weights/torch_file.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <span>
#include <string_view>

namespace inceptoscope {

constexpr std::string_view synthetic = "synthetic";

bool isSynthetic(const std::string& spec)
{
    return spec == synthetic || spec.starts_with(std::string(synthetic) + ":");
}

/// What a file is, by its content.
enum class Format
{
    Safetensors, ///< or nothing that is known
    Torch,
    Onnx,
    Hdf5
};

/// Any eight bytes, then the header's brace; but no header is so long that the upper four count.
static bool beginsAsSafetensors(std::span<const std::byte> head)
{
    uint64_t length = 0;
    if (head.size() <= sizeof length || head[sizeof length] != std::byte('{'))
        return false;
    std::memcpy(&length, head.data(), sizeof length);
    return length <= std::numeric_limits<uint32_t>::max();
}

static Format formatOf(const MappedFile& file)
{
    const auto head = file.bytes(0, std::min<uint64_t>(file.size(), 16));
    if (beginsAsSafetensors(head))
        return Format::Safetensors;
    const auto begins = [&](std::string_view magic) {
        return head.size() >= magic.size() &&
               std::memcmp(head.data(), magic.data(), magic.size()) == 0;
    };
    // A pickle: an opcode follows the version; the third byte of a header's length is mostly 0.
    const bool pickle = head.size() > 2 && head[0] == std::byte(0x80) && head[1] >= std::byte(2) &&
                        head[1] <= std::byte(5) && head[2] != std::byte(0);
    if (begins("PK\x03\x04") || pickle)
        return Format::Torch;
    if (begins("\x89HDF"))
        return Format::Hdf5;
    return looksLikeOnnx(file) ? Format::Onnx : Format::Safetensors;
}

[[noreturn]] static void refuseHdf5(const std::string& path)
{
    throw Error(
        ErrorKind::BadInput, "weights: " + path +
                                 " looks like an HDF5 file; only safetensors, PyTorch and ONNX "
                                 "files can be read, convert it first");
}

std::unique_ptr<TensorSource> openWeights(const std::string& spec, const Graph& graph)
{
    if (isSynthetic(spec))
        return syntheticWeights(
            graph, spec.size() > synthetic.size() ? spec.substr(synthetic.size() + 1) : "");
    // Only an ONNX file is read differently for a network.
    if (formatOf(MappedFile(spec)) == Format::Onnx)
        return openOnnxFor(spec, graph);
    return openWeightsFile(spec);
}

std::unique_ptr<TensorSource> openWeightsFile(const std::string& path)
{
    switch (formatOf(MappedFile(path))) {
    case Format::Torch:
        return openTorchFile(path);
    case Format::Onnx:
        return openOnnx(path);
    case Format::Hdf5:
        refuseHdf5(path);
    case Format::Safetensors:
        break;
    }
    return openSafetensors(path);
}

} // namespace inceptoscope
