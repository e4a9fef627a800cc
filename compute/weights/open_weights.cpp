#include "weights/open_weights.h"

#include "error.h"
#include "shown_text.h"
#include "weights/file_kind.h"
#include "weights/mapped_file.h"
#include "weights/match/checkpoint_tensors.h"
#include "weights/onnx/onnx_file.h"
#include "weights/onnx/onnx_mapping.h"
#include "weights/safetensors/safetensors.h"
#include "weights/sharded.h"
#include "weights/synthetic.h"
#include "weights/torch/torch_file.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <limits>
#include <span>
#include <string_view>

namespace inceptoscope {

namespace {

constexpr std::string_view synthetic = "synthetic";

/// What a file is, by its content.
enum class Format
{
    Safetensors,
    Torch,
    Onnx,
    Shards
};

/// Any eight bytes, then the header's brace; but no header is so long that the upper four count.
bool beginsAsSafetensors(std::span<const std::byte> head)
{
    uint64_t length = 0;
    if (head.size() <= sizeof length || head[sizeof length] != std::byte('{'))
        return false;
    std::memcpy(&length, head.data(), sizeof length);
    return length <= std::numeric_limits<uint32_t>::max();
}

/// Nothing else is known to begin so; what is wrong with it the reader tells best.
bool mayBeSafetensors(std::span<const std::byte> head)
{
    constexpr uint64_t longest = 100'000'000; // the format's own limit
    uint64_t length = 0;
    std::memcpy(&length, head.data(), std::min(head.size(), sizeof length));
    return head.size() < sizeof length || length <= longest;
}

/// A pickle: an opcode follows the version; the third byte of a header's length is mostly 0.
bool beginsAsPickle(std::span<const std::byte> head)
{
    return head.size() > 2 && head[0] == std::byte(0x80) && head[1] >= std::byte(2) &&
           head[1] <= std::byte(5) && head[2] != std::byte(0);
}

/// Throws Error(BadInput) that says what it is where it is none of these.
Format formatOf(const MappedFile& file)
{
    const auto head = file.bytes(0, std::min<uint64_t>(file.size(), 16));
    if (beginsAsSafetensors(head))
        return Format::Safetensors;
    const bool zip = head.size() >= 4 && std::memcmp(head.data(), "PK\x03\x04", 4) == 0;
    if (zip || beginsAsPickle(head))
        return Format::Torch;
    if (isShardIndex(file))
        return Format::Shards;
    const auto refuse = [&](const std::string& what) {
        throw Error(ErrorKind::BadInput, "weights: " + file.path() + " " + what);
    };
    if (const std::string kind = foreignKind(file); !kind.empty())
        refuse(kind);
    if (looksLikeOnnx(file))
        return Format::Onnx;
    if (!mayBeSafetensors(head))
        refuse(unknownKind(file));
    return Format::Safetensors;
}

bool isThere(const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

/// One of the files that an index names.
std::unique_ptr<TensorSource> openShard(const std::string& path)
{
    switch (formatOf(MappedFile(path))) {
    case Format::Torch:
        return openTorchFile(path);
    case Format::Safetensors:
        return openSafetensors(path);
    case Format::Onnx:
    case Format::Shards:
        break;
    }
    throw Error(
        ErrorKind::BadInput, "weights: " + path + " is no part of weights in several files");
}

std::unique_ptr<TensorSource> open(const WeightsSpec& spec, const Graph* graph)
{
    const Format format = formatOf(MappedFile(spec.file));
    TorchRequest request{.part = spec.part};
    if (graph != nullptr)
        for (const Parameter& p : parameters(*graph, false))
            request.keys.insert(p.key);
    switch (format) {
    case Format::Torch: {
        auto source = openTorchPart(spec.file, request);
        return asNeeded(std::move(source), graph, request.part);
    }
    case Format::Onnx:
        if (!spec.part.empty())
            throw Error(
                ErrorKind::BadInput, "weights: " + spec.file +
                                         " is an ONNX model and has no part \"" + shown(spec.part) +
                                         "\"; name the file alone");
        return graph != nullptr ? openOnnxFor(spec.file, *graph) : openOnnx(spec.file);
    case Format::Shards:
        return asNeeded(openShards(spec.file, openShard), graph, spec.part);
    case Format::Safetensors:
        break;
    }
    return asNeeded(openSafetensors(spec.file), graph, spec.part);
}

} // namespace

bool isSynthetic(const std::string& spec)
{
    return spec == synthetic || spec.starts_with(std::string(synthetic) + ":");
}

WeightsSpec splitWeights(const std::string& spec)
{
    const size_t hash = spec.rfind('#');
    if (hash == std::string::npos || hash == 0 || hash + 1 == spec.size() || isSynthetic(spec) ||
        isThere(spec) || !isThere(spec.substr(0, hash)))
        return {.file = spec, .part = {}};
    return {.file = spec.substr(0, hash), .part = spec.substr(hash + 1)};
}

std::unique_ptr<TensorSource> openWeights(const std::string& spec, const Graph& graph)
{
    if (isSynthetic(spec))
        return syntheticWeights(
            graph, spec.size() > synthetic.size() ? spec.substr(synthetic.size() + 1) : "");
    return open(splitWeights(spec), &graph);
}

std::unique_ptr<TensorSource> openWeightsFile(const std::string& spec)
{
    return open(splitWeights(spec), nullptr);
}

} // namespace inceptoscope
