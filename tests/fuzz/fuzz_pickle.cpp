#include "fuzz/fuzz_source.h"
#include "weights/class_names.h"
#include "weights/torch/pickle.h"
#include "weights/torch/torch_labels.h"
#include "weights/torch/torch_tensors.h"

/// The last value of a tensor lies in its storage, counted with more bits than the reader has.
static bool liesInStorage(const inceptoscope::TorchTensor& tensor)
{
    __extension__ using Wide = unsigned __int128;
    Wide end = Wide(tensor.offset) + 1;
    for (size_t d = 0; d < tensor.shape.size(); ++d) {
        if (tensor.shape[d] == 0)
            return true;
        end += Wide(tensor.shape[d] - 1) * tensor.strides[d];
    }
    return end <= tensor.storage.values;
}

/// The pickle alone: inside an archive, changed bytes would mostly damage the archive.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const std::string path = "fuzz";
    inceptoscope::fuzzAction(path, [&] {
        const auto pickle =
            inceptoscope::parsePickle({reinterpret_cast<const std::byte*>(data), size}, path);
        if (const auto labels = inceptoscope::torchLabels(pickle); !labels.json.empty())
            (void)inceptoscope::parseClassNames(labels.json, "weights: " + path);
        const auto choice = inceptoscope::chooseTorchPart(pickle, path, {});
        for (const auto& tensor : inceptoscope::torchTensors(pickle, choice.part, path))
            if (!liesInStorage(tensor))
                std::abort();
    });
    return 0;
}
