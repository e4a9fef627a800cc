#include "fuzz/fuzz_source.h"
#include "weights/onnx/onnx_file.h"
#include "weights/onnx/onnx_mapping.h"
#include "weights/onnx_exported_net.h"

using namespace inceptoscope;

/// For the network that the corpus was exported from, so that what finds layers runs too.
static std::unique_ptr<TensorSource> openForTheNetwork(const std::string& path)
{
    static const Graph graph = smallNetwork();
    return openOnnxFor(path, graph);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    fuzzFile(data, size, openOnnx);
    fuzzFile(data, size, openForTheNetwork);
    return 0;
}
