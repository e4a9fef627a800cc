#include "weights/file_kind.h"

#include "shown_text.h"
#include "weights/torch/zip_archive.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

namespace inceptoscope {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view toOnnx = "; convert it to ONNX first, or get the PyTorch, ONNX or "
                                    "safetensors file that it was made from";

struct Magic
{
    uint64_t offset;
    std::string_view bytes;
    std::string_view what; ///< with the next step where it begins with "is", else in `toOnnx`
};

// Each format's own description gives these bytes; the longer ones of a beginning come first.
constexpr Magic magics[] = {
    {0, "\x1f\x8b"sv, "is compressed with gzip; unpack it with gunzip and give what comes out"},
    {0, "BZh"sv, "is compressed with bzip2; unpack it with bunzip2 and give what comes out"},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     "is compressed with xz; unpack it with unxz and give what comes out"},
    {0, "\x28\xb5\x2f\xfd"sv,
     "is compressed with zstd; unpack it with unzstd and give what comes "
     "out"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "is a 7z archive; unpack it and give the weights file inside"},
    {0, "Rar!\x1a\x07"sv, "is a RAR archive; unpack it and give the weights file inside"},
    {257, "ustar"sv, "is a tar archive; unpack it with tar -xf and give the weights file inside"},
    {0, "GGUF"sv,
     "is a GGUF file, which holds a model for llama.cpp; get the safetensors file "
     "that it was made from"},
    {0, "\x89HDF\r\n\x1a\n"sv,
     "is an HDF5 file, as Keras writes (.h5); export the model to ONNX (python3 -m tf2onnx.convert "
     "--keras FILE --output model.onnx), or save its weights as safetensors"},
    {4, "TFL3"sv,
     "is a TensorFlow Lite model; convert it to ONNX first (python3 -m "
     "tf2onnx.convert --tflite FILE --output model.onnx)"},
    {4, "ORTM"sv,
     "is a model in ONNX Runtime's own format; get the .onnx file that it was made "
     "from"},
    {4, "ET12"sv, "is an ExecuTorch program; save the network's state_dict() with torch.save"},
    {0, "\x93NUMPY"sv, "is a NumPy array; save all tensors under their names as safetensors"},
    {0, "MATLAB 5.0 MAT-file"sv, "is a MATLAB file"},
    {0, "MATLAB 7.3 MAT-file"sv, "is a MATLAB file"},
    {0, "\x12\1\0\0\0\0\0\0"sv, "is a parameter file of MXNet"},
    {0, "\x89PNG\r\n\x1a\n"sv, "is a picture (PNG), not weights"},
    {0, "\xff\xd8\xff"sv, "is a picture (JPEG), not weights"},
    {0, "GIF8"sv, "is a picture (GIF), not weights"},
    {0, "II*\0"sv, "is a picture (TIFF), not weights"},
    {0, "MM\0*"sv, "is a picture (TIFF), not weights"},
    {8, "WEBPVP8"sv, "is a picture (WebP), not weights"},
    {4, "ftypheic"sv, "is a picture (HEIC), not weights"},
    {4, "ftypavif"sv, "is a picture (AVIF), not weights"},
    {0, "%PDF-"sv, "is a PDF document, not weights"},
    {0,
     "\x7f"
     "ELF"sv,
     "is a program, not weights"},
    {0, "SQLite format 3\0"sv, "is an SQLite database, not weights"},
};

std::string_view beginning(const MappedFile& file, uint64_t most)
{
    const auto bytes = file.bytes(0, std::min(file.size(), most));
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

uint32_t number(std::string_view bytes, size_t at)
{
    uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

/// A bitmap's head: its own size, and a known size of the second head.
bool isBitmap(const MappedFile& file, std::string_view head)
{
    return head.size() >= 26 && head.starts_with("BM") && number(head, 6) == 0 &&
           number(head, 2) <= file.size() && number(head, 14) >= 12 && number(head, 14) <= 124;
}

/// Lua's serialisation of an object: type 3 or 4, its number, the length of "V 1" (torch/File.lua).
bool isLuaTorch(std::string_view head)
{
    return head.size() >= 20 && (number(head, 0) == 4 || number(head, 0) == 3) &&
           number(head, 4) == 1 &&
           (head.substr(8).starts_with("\3\0\0\0V 1"sv) ||
            (number(head, 0) == 3 && number(head, 12) <= 8));
}

/// The last eight bytes of LevelDB's tables, which TensorFlow's .index and first .ckpt are.
bool isTensorTable(const MappedFile& file)
{
    constexpr std::string_view magic = "\x57\xfb\x80\x8b\x24\x75\x47\xdb";
    return file.size() > 48 &&
           std::memcmp(file.bytes(file.size() - 8, 8).data(), magic.data(), 8) == 0;
}

bool endsWithAny(std::string_view name, std::initializer_list<std::string_view> suffixes)
{
    return std::ranges::any_of(suffixes, [&](auto suffix) { return name.ends_with(suffix); });
}

} // namespace

std::string foreignKind(const MappedFile& file)
{
    const std::string_view head = beginning(file, 512);
    for (const Magic& magic : magics) {
        if (head.size() < magic.offset || !head.substr(magic.offset).starts_with(magic.bytes))
            continue;
        std::string what(magic.what);
        if (what.find_first_of(";,") == std::string::npos)
            what += toOnnx;
        return what;
    }
    if (isBitmap(file, head))
        return "is a picture (BMP), not weights";
    if (isLuaTorch(head))
        return "is a file of Torch 7, PyTorch's predecessor in Lua" + std::string(toOnnx);
    if (isTensorTable(file))
        return "is the index of a TensorFlow checkpoint; convert the checkpoint to ONNX first "
               "(python3 -m tf2onnx.convert --checkpoint NAME.meta --output model.onnx)";
    if (std::string text = foreignText(file); !text.empty())
        return text;
    return foreignProtobuf(file);
}

std::string foreignZip(const MappedFile& file)
{
    std::vector<std::string> names = zipNames(file);
    std::erase_if(names, [](const std::string& name) { return name.starts_with("__MACOSX/"); });
    const auto first = [&](std::initializer_list<std::string_view> suffixes) {
        const auto it =
            std::ranges::find_if(names, [&](auto& name) { return endsWithAny(name, suffixes); });
        return it == names.end() ? std::string() : *it;
    };
    if (!first({"model.weights.h5"}).empty())
        return "is a Keras model (.keras); export it to ONNX (python3 -m tf2onnx.convert --keras "
               "FILE --output model.onnx), or save its weights as safetensors";
    if (const std::string name = first({".pth", ".pt", ".safetensors", ".onnx", ".ckpt", ".bin"});
        !name.empty())
        return "is a zip archive with \"" + shown(name) +
               "\" inside; unpack it with unzip and give that file";
    if (!first({"saved_model.pb"}).empty())
        return "is a zip archive with a TensorFlow SavedModel inside; unpack it and convert it to "
               "ONNX (python3 -m tf2onnx.convert --saved-model FOLDER --output model.onnx)";
    if (!first({".mlmodel", ".mlmodelc/model.mil"}).empty())
        return "is a Core ML package; get the PyTorch, ONNX or safetensors file that it was made "
               "from";
    if (!first({"serialized_exported_program.json", "models/model.json"}).empty())
        return "is a program of torch.export (.pt2); save the network's state_dict() with "
               "torch.save";
    if (!first({"/model.json"}).empty() && !first({"/tensors/0"}).empty())
        return "is a TorchScript archive of PyTorch before 1.2; load it in PyTorch and save its "
               "state_dict() with torch.save";
    if (!first({".npy"}).empty())
        return "is an archive of NumPy arrays (.npz); save all tensors under their names as "
               "safetensors";
    return "is a zip archive with neither PyTorch's data.pkl nor a weights file inside";
}

std::string unknownKind(const MappedFile& file)
{
    const std::string_view head = beginning(file, 8);
    std::string bytes;
    for (const char c : head) {
        const auto byte = uint8_t(c);
        bytes += bytes.empty() ? "" : " ";
        bytes += {"0123456789abcdef"[byte >> 4U], "0123456789abcdef"[byte & 15U]};
    }
    return "is no weights file that is known here (it begins with the bytes " + bytes +
           "); safetensors, PyTorch and ONNX files can be read";
}

} // namespace inceptoscope
