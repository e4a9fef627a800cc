#include "weights/onnx/onnx_external.h"

#include "error.h"
#include "shown_text.h"
#include "weights/beside.h"

#include <algorithm>
#include <filesystem>
#include <limits>

namespace inceptoscope {

namespace {

using std::filesystem::path;

/// Too much for any file where it is no number.
uint64_t number(const std::string& text, uint64_t unset)
{
    constexpr size_t most = 19; // so many digits fit 64 bits
    if (text.empty())
        return unset;
    if (text.size() > most || text.find_first_not_of("0123456789") != std::string::npos)
        return std::numeric_limits<uint64_t>::max();
    return std::stoull(text);
}

/// A path that stays where it starts, as far as its words go: "x.data", "./x.data", "parts/x.data".
bool leadsDown(const std::string& location)
{
    if (location.empty() || location.find('\0') != std::string::npos || location.back() == '/')
        return false;
    const path parts(location);
    return !parts.is_absolute() && parts.filename() != "." &&
           std::find(parts.begin(), parts.end(), "..") == parts.end();
}

/// Its path, links followed.
std::string fileOf(const OnnxModel& model, const std::string& location, const std::string& what)
{
    constexpr size_t most = 256; // of a name
    const FileBeside file = fileBeside(model.path, location);
    if (file.fault)
        throw Error(
            ErrorKind::Io, "weights: can't open " + shown(file.path, model.path.size() + most) +
                               ", where " + model.path + " has values: " + file.fault.message());
    if (file.strays)
        model.refuse(
            what + " lies in \"" + shown(location) + "\", which is a link to " + shown(file.path) +
            "; only a file in the model's own folder is read, so put it there itself");
    return file.path;
}

size_t openBeside(OnnxModel& model, const std::string& location, const std::string& what)
{
    constexpr size_t most = 100; // each holds a descriptor
    const std::string path = fileOf(model, location, what);
    for (size_t i = 0; i < model.files.size(); ++i)
        if (model.files[i]->path() == path)
            return i;
    if (model.files.size() >= most)
        model.refuse("its values lie in more than " + std::to_string(most) + " other files");
    model.files.push_back(std::make_unique<MappedFile>(path));
    return model.files.size() - 1;
}

} // namespace

void openExternal(
    OnnxModel& model, OnnxTensor& tensor, const ExternalData& data, const std::string& what)
{
    const std::string& name = data.location;
    if (!leadsDown(name))
        model.refuse(
            what + " lies in the file \"" + shown(name) +
            "\"; only a file in the model's own folder is read");
    const uint64_t bytes = tensor.elements() * tensor.valueBytes;
    if (number(data.length, bytes) != bytes)
        model.refuse(
            what + " is " + toString(tensor.shape) + ", that is " + std::to_string(bytes) +
            " bytes, but its length in " + shown(name) + " is " + shown(data.length));
    tensor.file = openBeside(model, name, what);
    tensor.offset = number(data.offset, 0);
    const uint64_t size = model.files[*tensor.file]->size();
    if (tensor.offset > size || bytes > size - tensor.offset)
        model.refuse(
            what + " ends behind the end of " + shown(name) + ", which has " +
            std::to_string(size) + " bytes");
}

} // namespace inceptoscope
