#include "fuzz/fuzz_source.h"
#include "weights/pickle.h"
#include "weights/torch_tensors.h"

/// The pickle alone: inside an archive, changed bytes would mostly damage the archive.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const std::string path = "fuzz";
    inceptoscope::fuzzAction(path, [&] {
        const auto pickle =
            inceptoscope::parsePickle({reinterpret_cast<const std::byte*>(data), size}, path);
        (void)inceptoscope::torchTensors(pickle, path);
    });
    return 0;
}
