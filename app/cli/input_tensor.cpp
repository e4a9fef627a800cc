#include "cli/input_tensor.h"

#include "error.h"
#include "weights/safetensors/safetensors.h"
#include "weights/value_check.h"

namespace inceptoscope {

std::vector<float> readTensor(
    const std::string& option, const std::string& path, const std::string& name, const Shape& shape)
{
    const auto file = openSafetensors(path);
    const auto index = file->find(name);
    if (!index)
        throw Error(ErrorKind::BadInput, option + ": " + path + " has no tensor \"" + name + "\"");
    const TensorInfo& info = file->tensors()[*index];
    const std::vector<uint64_t> expected = {1, shape.c, shape.h, shape.w};
    const bool vector =
        shape.pixels() == 1 && info.shape == std::vector<uint64_t>{1, shape.c}; // as written
    if (info.dtype != DType::F32 || (info.shape != expected && !vector))
        throw Error(
            ErrorKind::BadInput,
            option + ": " + path + ": " + name + " is " + std::string(dtypeName(info.dtype)) + " " +
                toString(info.shape) + ", the network needs F32 " + toString(expected));
    std::vector<float> values(info.elements());
    file->read(*index, values);
    if (const BadValues bad = countBadValues(name, values); bad.any())
        throw Error(
            ErrorKind::BadInput, option + ": " + path + ": " + describe(bad) +
                                     "; all that is computed from them is NaN");
    return values;
}

} // namespace inceptoscope
