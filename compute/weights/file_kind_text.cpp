#include "ascii.h"
#include "shown_text.h"
#include "weights/file_kind.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace inceptoscope {

namespace {

constexpr uint64_t enough = 4096; // bytes that tell text from others

/// Without a byte order mark and space before it; empty for what is no text.
std::string_view textOf(const MappedFile& file)
{
    const auto bytes = file.bytes(0, std::min(file.size(), enough));
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const bool binary = std::ranges::any_of(text, [](char c) {
        return (uint8_t(c) < 32 && std::strchr("\t\n\r\f", c) == nullptr) || c == 127 || c == '\0';
    });
    if (binary)
        return {};
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    return text;
}

/// What stands between two tags, or nothing.
std::string between(std::string_view text, std::string_view begin, std::string_view end)
{
    const std::string low = ascii::lower(text);
    size_t from = low.find(begin);
    if (from == std::string::npos)
        return {};
    from += begin.size();
    const size_t to = low.find(end, from);
    return to == std::string::npos ? std::string() : std::string(text.substr(from, to - from));
}

std::string inBrackets(const std::string& text)
{
    return text.empty() ? "" : " (\"" + shown(text) + "\")";
}

bool isPage(const std::string& low)
{
    for (const char* begin :
         {"<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<title", "<!--"})
        if (low.starts_with(begin))
            return true;
    return low.starts_with("<?xml") && low.find("<html") != std::string::npos;
}

/// "size 2612" of a pointer; nothing where it is no number.
std::string pointerSize(std::string_view text)
{
    const size_t at = text.find("\nsize ");
    if (at == std::string_view::npos)
        return {};
    const std::string_view digits = text.substr(at + 6);
    const size_t count = std::min(digits.find_first_not_of("0123456789"), digits.size());
    return count == 0 || count > 15 ? std::string() : std::string(digits.substr(0, count));
}

std::string ofJson(std::string_view text)
{
    const auto has = [&](std::string_view name) { return text.find(name) != text.npos; };
    if (has("\"weightsManifest\"") || has("\"modelTopology\""))
        return "is the description of a TensorFlow.js model; convert it to ONNX first (python3 -m "
               "tf2onnx.convert --tfjs FILE --output model.onnx)";
    if (has("\"error\""))
        return "is an answer in which a server refuses the weights" +
               inBrackets(std::string(text.substr(0, 80))) + "; download the file again";
    return "is a JSON text without weights; give the weights file itself, which may lie beside it";
}

} // namespace

std::string foreignText(const MappedFile& file)
{
    const std::string_view text = textOf(file);
    if (text.empty())
        return {};
    if (text.starts_with("version https://git-lfs.github.com/") ||
        text.starts_with("version http://git-media.io/")) {
        const std::string size = pointerSize(text);
        return "is a Git LFS pointer, not the file" +
               (size.empty() ? "" : " of " + size + " bytes") +
               " it stands for; run 'git lfs pull' in its folder, or download the file itself";
    }
    const std::string low = ascii::lower(text);
    if (low.find("<svg") != std::string::npos && text.front() == '<' && !isPage(low))
        return "is a picture (SVG), not weights";
    if (isPage(low))
        return "is a web page" + inBrackets(between(text, "<title>", "</title>")) +
               ", which a server sent in place of the weights; open the address in a browser and "
               "save the file itself";
    if (low.starts_with("<?xml") || low.starts_with("<error>") || text.starts_with("<net ")) {
        if (low.find("<net ") != std::string::npos)
            return "describes an OpenVINO model; get the ONNX file that it was made from";
        return "is an XML text" + inBrackets(between(text, "<message>", "</message>")) +
               ", which a server sent in place of the weights; download the file again";
    }
    if (text.front() == '{' || text.front() == '[')
        return ofJson(text);
    if (text.starts_with("7767517"))
        return "describes an ncnn model; get the ONNX or PyTorch file that it was made from";
    const bool prototxt = text.starts_with("name:") || text.starts_with("layer {") ||
                          text.starts_with("input:") || text.starts_with("node {");
    if (prototxt)
        return "describes a network in protobuf's text form and holds no weights; convert the "
               "model to ONNX first";
    // So short a file of bytes may be text by chance.
    if (text.size() < 4)
        return {};
    return "is a text" + inBrackets(std::string(text.substr(0, text.find_first_of("\r\n")))) +
           ", not weights; if it was downloaded, the server sent this in their place";
}

} // namespace inceptoscope
