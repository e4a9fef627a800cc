#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace inceptoscope {

/// When memory is in use, as positions in the order of execution, both inclusive.
struct Lifetime
{
    size_t first = std::numeric_limits<size_t>::max();
    size_t last = 0;

    [[nodiscard]] bool used() const { return first != std::numeric_limits<size_t>::max(); }
};

struct ArenaLayout
{
    std::vector<uint64_t> offsets; ///< bytes; 0 for what is never used
    uint64_t bytes = 0;            ///< of the whole arena
};

/// Places blocks of `sizes` bytes so that no two that live at the same time overlap: first fit in
/// order of birth. A block's memory is free again after its last position.
[[nodiscard]] ArenaLayout
placeByLifetime(const std::vector<uint64_t>& sizes, const std::vector<Lifetime>& lives);

} // namespace inceptoscope
