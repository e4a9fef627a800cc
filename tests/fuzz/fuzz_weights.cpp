#include "fuzz/fuzz_source.h"
#include "weights/file_kind.h"
#include "weights/open_weights.h"
#include "weights/sharded.h"

/// Any file that somebody takes for weights: recognised, called by its kind, or read with its
/// tensors put together.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace inceptoscope;
    static const MemoryFile file;
    if (size == 0 || !file.write({reinterpret_cast<const char*>(data), size}))
        return 0;
    {
        const MappedFile mapped(file.path());
        if (foreignKind(mapped).size() > 400 || unknownKind(mapped).empty())
            std::abort();
        // An index names files beside it, here whatever this process has open.
        if (isShardIndex(mapped))
            return 0;
    }
    fuzzFile(data, size, openWeightsFile);
    return 0;
}
