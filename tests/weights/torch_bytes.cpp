#include "weights/torch_bytes.h"

#include "weights/weight_files.h"

namespace inceptoscope {

static std::string number(uint64_t value, size_t bytes)
{
    return bytesOfValues(std::vector<uint64_t>{value}).substr(0, bytes);
}

std::string zipBytes(const std::vector<ZipEntry>& entries)
{
    std::string file;
    std::string directory;
    for (const ZipEntry& entry : entries) {
        const std::string common = number(entry.flags, 2) + number(entry.method, 2) +
                                   std::string(8, '\0') +
                                   number(entry.data.size() + entry.missing, 4) +
                                   number(entry.data.size() + entry.missing, 4);
        const std::string& local = entry.localName.empty() ? entry.name : entry.localName;
        directory += "PK\1\2" + std::string(4, '\0') + common + number(entry.name.size(), 2) +
                     std::string(12, '\0') + number(file.size(), 4) + entry.name;
        file += "PK\3\4" + std::string(2, '\0') + common + number(local.size(), 2) +
                std::string(2, '\0') + local + entry.data;
    }
    const std::string count = number(entries.size(), 2);
    return file + directory + "PK\5\6" + std::string(4, '\0') + count + count +
           number(directory.size(), 4) + number(file.size(), 4) + std::string(2, '\0');
}

std::string torchZip(const std::string& pickle, size_t storageBytes)
{
    return zipBytes(
        {{.name = "archive/data.pkl", .data = pickle},
         {.name = "archive/data/0", .data = std::string(storageBytes, 'd')}});
}

std::string torchLegacy(
    const std::string& pickle, uint64_t values, size_t storageBytes, const std::string& keys)
{
    const std::string head = "\x80\2\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.";
    return head + "\x80\2M\xe9\3." + "\x80\2}" + pickledText("little_endian") + "\x88s." + pickle +
           "\x80\2" + keys + "." + number(values, 8) + std::string(storageBytes, 'd');
}

std::string pickledText(const std::string& text)
{
    return "X" + number(text.size(), 4) + text;
}

std::string pickledInteger(int64_t value)
{
    return "\x8a\x8" + number(uint64_t(value), 8);
}

std::string pickledTuple(const std::vector<int64_t>& values)
{
    std::string text = "(";
    for (const int64_t value : values)
        text += pickledInteger(value);
    return text + "t";
}

std::string pickledTensor(const PickledTensor& tensor)
{
    return "ctorch._utils\n" + tensor.function + "\n((" + pickledText("storage") + "ctorch\n" +
           tensor.type + "\n" + pickledText(tensor.key) + pickledText("cpu") +
           pickledInteger(tensor.values) + "tQ" + pickledInteger(tensor.offset) +
           pickledTuple(tensor.shape) + pickledTuple(tensor.strides) + "\x89}tR";
}

std::string stateDict(const PickledTensor& tensor)
{
    return dictionary({{"a", pickledTensor(tensor)}});
}

std::string dictionary(const std::vector<std::pair<std::string, std::string>>& values)
{
    std::string text = "\x80\2}(";
    for (const auto& [key, value] : values)
        text += pickledText(key) + value;
    return text + "u.";
}

} // namespace inceptoscope
