#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace inceptoscope {

/// A value's place in Pickle::values.
using PickleId = uint32_t;

enum class PickleKind : uint8_t
{
    None,
    Boolean,    ///< integer(): 0 or 1
    Integer,    ///< integer(), of 64 bits
    BigInteger, ///< text(): its little-endian bytes, more than 8
    Real,       ///< whatever its value: no tensor depends on one
    Text,       ///< text(), UTF-8 where the file means well
    Bytes,      ///< text()
    Tuple,      ///< items()
    List,       ///< items()
    Dict,       ///< items(): key, value, key, value ...; also for ordered dictionaries
    Global,     ///< text(): one of the names that parsePickle() knows
    Class,      ///< items(): the Texts of a module and of a name that is none of those
    Call,       ///< items(): a Global and the Tuple of its arguments; nothing is ever called
    Object,     ///< items(): what would make it, its arguments, and its state where it has one
    Persistent  ///< items(): the tuple that tells where a tensor's values are stored
};

struct PickleValue
{
    PickleKind kind = PickleKind::None;
    std::variant<int64_t, std::string_view, std::vector<PickleId>> data = int64_t(0);

    [[nodiscard]] int64_t integer() const { return std::get<int64_t>(data); }
    [[nodiscard]] std::string_view text() const { return std::get<std::string_view>(data); }
    [[nodiscard]] const std::vector<PickleId>& items() const
    {
        return std::get<std::vector<PickleId>>(data);
    }
};

/// What a pickle describes. Flat, so that no depth of nesting costs stack; a list may contain
/// itself. Texts point into the bytes that were parsed.
struct Pickle
{
    std::deque<PickleValue> values;
    PickleId root = 0;
    uint64_t size = 0; ///< bytes up to and including its end

    [[nodiscard]] const PickleValue& operator[](PickleId id) const { return values[id]; }
};

/// Reads the pickle at the beginning of `bytes` (protocols 2 to 5; what follows it is left
/// alone). Tensors' functions and storage types are known; of anything else only the name is kept,
/// and nothing is ever executed. An object that is filled as a dictionary or list is one. Names
/// that only an attack asks for (os.system) are refused. At most a million values, about 80 MB.
/// Throws Error(BadInput): one sentence that names the file `path` and what the pickle asks for.
[[nodiscard]] Pickle parsePickle(std::span<const std::byte> bytes, const std::string& path);

} // namespace inceptoscope
