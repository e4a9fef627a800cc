#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

enum class DType : uint32_t
{
    F32,
    F16,
    BF16,
    F64
};

/// "F32", "F16", "BF16", "F64".
[[nodiscard]] std::string_view dtypeName(DType dtype);

struct TensorInfo
{
    std::string key;
    DType dtype = DType::F32;
    std::vector<uint64_t> shape; ///< as stored: OIHW for convolutions, [out, in] for fc

    [[nodiscard]] uint64_t elements() const;
};

/// "64x192x1x1"; "scalar" for no dimensions.
[[nodiscard]] std::string toString(const std::vector<uint64_t>& shape);

/// Named tensors from somewhere: a file, or a rule. Reading converts to float32.
class TensorSource
{
public:
    virtual ~TensorSource() = default;

    /// All tensors, in the source's order.
    [[nodiscard]] virtual const std::vector<TensorInfo>& tensors() const = 0;
    /// Writes tensors()[index] as float32; `out` holds exactly its elements.
    virtual void read(size_t index, std::span<float> out) const = 0;
    /// Free text pairs: a safetensors file's __metadata__.
    [[nodiscard]] virtual const std::map<std::string, std::string>& metadata() const = 0;
    /// For messages and the status bar: the file's path, or "synthetic".
    [[nodiscard]] virtual std::string describe() const = 0;
    /// True where the layer of this weight comes folded: its weight and bias already hold its
    /// batch normalisation, whose own tensors are not there.
    [[nodiscard]] virtual bool isFolded(std::string_view /*weightKey*/) const { return false; }
    /// Sentences on what could not be used and why; for people.
    [[nodiscard]] virtual std::vector<std::string> notes() const { return {}; }
    /// Sentences on what the file's own graph computes otherwise than the network that its weights
    /// were asked for, which therefore can't run them; none for a file without a graph.
    [[nodiscard]] virtual std::vector<std::string> differences() const { return {}; }

    /// What was taken where it holds several things, sentences to be told whenever it is loaded.
    [[nodiscard]] virtual std::vector<std::string> choices() const { return {}; }

    [[nodiscard]] std::optional<size_t> find(std::string_view key) const;
};

} // namespace inceptoscope
