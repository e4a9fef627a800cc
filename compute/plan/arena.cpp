#include "plan/arena.h"

#include <algorithm>

namespace inceptoscope {

ArenaLayout placeByLifetime(const std::vector<uint64_t>& sizes, const std::vector<Lifetime>& lives)
{
    struct Block
    {
        uint64_t begin, end;
        size_t last;
    };
    std::vector<size_t> born;
    for (size_t i = 0; i < sizes.size(); ++i)
        if (lives[i].used())
            born.push_back(i);
    std::ranges::stable_sort(born, {}, [&](size_t i) { return lives[i].first; });

    ArenaLayout arena{.offsets = std::vector<uint64_t>(sizes.size(), 0)};
    std::vector<Block> live;
    for (const size_t i : born) {
        std::erase_if(live, [&](const Block& b) { return b.last < lives[i].first; });
        std::ranges::sort(live, {}, &Block::begin);
        uint64_t at = 0;
        for (const Block& block : live) {
            if (block.begin >= at + sizes[i])
                break;
            at = std::max(at, block.end);
        }
        arena.offsets[i] = at;
        arena.bytes = std::max(arena.bytes, at + sizes[i]);
        live.push_back({at, at + sizes[i], lives[i].last});
    }
    return arena;
}

} // namespace inceptoscope
