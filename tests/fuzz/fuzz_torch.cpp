#include "fuzz/fuzz_source.h"
#include "weights/torch/torch_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    inceptoscope::fuzzFile(data, size, inceptoscope::openTorchFile);
    return 0;
}
