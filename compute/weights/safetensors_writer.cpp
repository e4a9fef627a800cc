#include "weights/safetensors.h"

#include "error.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace inceptoscope {

namespace {

/// A file that disappears unless it is committed under its real name.
class TemporaryFile
{
public:
    explicit TemporaryFile(const std::string& path)
        : m_path(path)
    {
        // Another thread may be writing the same path, or a crash may have left its file behind.
        for (int i = 0; m_file == nullptr; ++i) {
            m_temporary = path + "." + std::to_string(getpid()) + "." + std::to_string(i) + ".tmp";
            m_file = std::fopen(m_temporary.c_str(), "wbx");
            if (m_file == nullptr && (errno != EEXIST || i == maxAttempts))
                fail();
        }
    }
    ~TemporaryFile()
    {
        if (m_file != nullptr)
            std::fclose(m_file);
        if (!m_committed)
            unlink(m_temporary.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void write(const void* data, size_t bytes)
    {
        if (bytes > 0 && std::fwrite(data, 1, bytes, m_file) != bytes)
            fail();
    }
    void commit()
    {
        if (std::fflush(m_file) != 0 || fsync(fileno(m_file)) != 0 ||
            std::rename(m_temporary.c_str(), m_path.c_str()) != 0)
            fail();
        m_committed = true;
    }

private:
    static constexpr int maxAttempts = 1000;

    [[noreturn]] void fail() const
    {
        throw Error(ErrorKind::Io, "can't write " + m_path + ": " + std::strerror(errno));
    }

    std::string m_path;
    std::string m_temporary;
    std::FILE* m_file = nullptr;
    bool m_committed = false;
};

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
    const std::string& path, const std::vector<TensorInfo>& tensors,
    const std::map<std::string, std::string>& metadata, const Write& write)
{
    const std::string header = headerText(tensors, metadata);
    const uint64_t length = header.size();
    TemporaryFile file(path);
    file.write(&length, sizeof length);
    file.write(header.data(), header.size());
    for (size_t i = 0; i < tensors.size(); ++i)
        write(file, i);
    file.commit();
}

} // namespace

void writeSafetensors(
    const std::string& path, const std::vector<NamedTensor>& tensors,
    const std::map<std::string, std::string>& metadata)
{
    std::vector<TensorInfo> infos;
    infos.reserve(tensors.size());
    for (const NamedTensor& t : tensors)
        infos.push_back({.key = t.key, .dtype = DType::F32, .shape = t.shape});
    writeFile(path, infos, metadata, [&](TemporaryFile& file, size_t i) {
        file.write(tensors[i].data.data(), tensors[i].data.size_bytes());
    });
}

void writeSafetensors(
    const std::string& path, const std::vector<TensorInfo>& tensors,
    const std::map<std::string, std::string>& metadata, const TensorValues& values)
{
    writeFile(path, tensors, metadata, [&](TemporaryFile& file, size_t i) {
        const std::vector<float> data = values(i);
        file.write(data.data(), data.size() * sizeof(float));
    });
}

} // namespace inceptoscope
