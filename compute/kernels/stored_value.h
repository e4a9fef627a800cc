#pragma once

#include "graph/half_float.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace inceptoscope {

/// A value as it is stored on the device: `Value` is float, or uint16_t for a half.
template <class Value> [[nodiscard]] inline Value stored(float value)
{
    static_assert(std::is_same_v<Value, float> || std::is_same_v<Value, uint16_t>);
    if constexpr (std::is_same_v<Value, float>)
        return value;
    else
        return floatToHalf(value);
}

/// Memory of the device as stored values; it is aligned far better than they need.
template <class Value> [[nodiscard]] std::span<Value> valuesIn(std::span<std::byte> bytes)
{
    return {reinterpret_cast<Value*>(bytes.data()), bytes.size() / sizeof(Value)};
}

} // namespace inceptoscope
