#include "weights/safetensors/safetensors.h"

#include "files/output_file.h"

#include <nlohmann/json.hpp>

namespace inceptoscope {

namespace {

std::string headerText(
    const std::vector<TensorInfo>& tensors, const std::map<std::string, std::string>& metadata)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    uint64_t offset = 0;
    for (const TensorInfo& t : tensors) {
        const uint64_t end = offset + t.elements() * sizeof(float);
        header[t.key] = {{"dtype", "F32"}, {"shape", t.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' '); // so that the data is aligned
    return text;
}

/// `write` puts the values of tensor i into the file.
template <class Write>
void writeFile(
    const std::filesystem::path& path, const std::vector<TensorInfo>& tensors,
    const std::map<std::string, std::string>& metadata, const Write& write)
{
    const std::string header = headerText(tensors, metadata);
    const uint64_t length = header.size();
    OutputFile file(path);
    file.write(&length, sizeof length);
    file.write(header.data(), header.size());
    for (size_t i = 0; i < tensors.size(); ++i)
        write(file, i);
    file.commit();
}

} // namespace

void writeSafetensors(
    const std::filesystem::path& path, const std::vector<NamedTensor>& tensors,
    const std::map<std::string, std::string>& metadata)
{
    std::vector<TensorInfo> infos;
    infos.reserve(tensors.size());
    for (const NamedTensor& t : tensors)
        infos.push_back({.key = t.key, .dtype = DType::F32, .shape = t.shape});
    writeFile(path, infos, metadata, [&](OutputFile& file, size_t i) {
        file.write(tensors[i].data.data(), tensors[i].data.size_bytes());
    });
}

void writeSafetensors(
    const std::filesystem::path& path, const std::vector<TensorInfo>& tensors,
    const std::map<std::string, std::string>& metadata, const TensorValues& values)
{
    writeFile(path, tensors, metadata, [&](OutputFile& file, size_t i) {
        const std::vector<float> data = values(i);
        file.write(data.data(), data.size() * sizeof(float));
    });
}

} // namespace inceptoscope
