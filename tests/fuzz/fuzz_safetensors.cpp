#include "fuzz/fuzz_source.h"
#include "weights/safetensors/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    inceptoscope::fuzzFile(data, size, inceptoscope::openSafetensors);
    return 0;
}
