#pragma once

#include "error.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inceptoscope {

/// A list of a tensor's description; only its beginning is kept.
struct RawNumbers
{
    static constexpr size_t most = 8;
    bool given = false;
    uint64_t count = 0;
    std::vector<uint64_t> numbers; ///< the first `most` ones
    std::string wrong;             ///< the first thing in it that is no whole number from 0 on
};

/// A tensor as the header's JSON describes it, unchecked.
struct RawTensor
{
    std::string key;
    std::optional<std::string> dtype; ///< empty: none, or no text
    RawNumbers shape;
    RawNumbers range;
};

struct SafetensorsJson
{
    std::string path; ///< for messages
    /// Takes a tensor at its end; may throw Error.
    std::function<void(const RawTensor&)> onTensor;
    std::map<std::string, std::string> metadata = {};
};

/// Reads a header's JSON event by event: a document tree would take many times its size.
/// What is wrong with the text itself (its grammar, depth, names that come twice) is told
/// before what is wrong with a tensor. Throws Error(BadInput), one sentence.
void readSafetensorsJson(std::string_view text, SafetensorsJson& json);

} // namespace inceptoscope
