#include "weights/onnx_external.h"

#include "shown_text.h"

#include <limits>

namespace inceptoscope {

/// Too much for any file where it is no number.
static uint64_t number(const std::string& text, uint64_t unset)
{
    constexpr size_t most = 19; // so many digits fit 64 bits
    if (text.empty())
        return unset;
    if (text.size() > most || text.find_first_not_of("0123456789") != std::string::npos)
        return std::numeric_limits<uint64_t>::max();
    return std::stoull(text);
}

static size_t fileBeside(OnnxModel& model, const std::string& name)
{
    constexpr size_t most = 100; // each holds a descriptor
    const size_t slash = model.path.rfind('/');
    const std::string path =
        (slash == std::string::npos ? std::string() : model.path.substr(0, slash + 1)) + name;
    for (size_t i = 0; i < model.files.size(); ++i)
        if (model.files[i]->path() == path)
            return i;
    if (model.files.size() >= most)
        model.refuse("its values lie in more than " + std::to_string(most) + " other files");
    model.files.push_back(std::make_unique<MappedFile>(path));
    return model.files.size() - 1;
}

void openExternal(
    OnnxModel& model, OnnxTensor& tensor, const ExternalData& data, const std::string& what)
{
    const std::string& name = data.location;
    // A name alone can't leave the model's folder.
    if (name.empty() || name == "." || name == ".." ||
        name.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos)
        model.refuse(
            what + " lies in the file \"" + shown(name) +
            "\"; only a file in the model's own folder is read");
    const uint64_t bytes = tensor.elements() * tensor.valueBytes;
    if (number(data.length, bytes) != bytes)
        model.refuse(
            what + " is " + toString(tensor.shape) + ", that is " + std::to_string(bytes) +
            " bytes, but its length in " + shown(name) + " is " + shown(data.length));
    tensor.file = fileBeside(model, name);
    tensor.offset = number(data.offset, 0);
    const uint64_t size = model.files[*tensor.file]->size();
    if (tensor.offset > size || bytes > size - tensor.offset)
        model.refuse(
            what + " ends behind the end of " + shown(name) + ", which has " +
            std::to_string(size) + " bytes");
}

} // namespace inceptoscope
