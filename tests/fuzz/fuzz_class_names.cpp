#include "fuzz/fuzz_source.h"
#include "weights/class_names.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const std::string path = "fuzz";
    inceptoscope::fuzzAction(path, [&] {
        const std::string_view text(reinterpret_cast<const char*>(data), size);
        if (inceptoscope::parseClassNames(text, "weights: " + path).empty())
            std::abort();
    });
    return 0;
}
