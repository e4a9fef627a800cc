#include "weights/safetensors/safetensors.h"

#include "error.h"
#include "weights/half_float.h"
#include "weights/mapped_file.h"
#include "weights/safetensors/safetensors_header.h"

#include <algorithm>

namespace inceptoscope {

namespace {

class SafetensorsFile : public TensorSource
{
public:
    explicit SafetensorsFile(const std::string& path)
        : m_file(path)
    {
        SafetensorsHeader header = parseSafetensorsHeader(m_file);
        m_metadata = std::move(header.metadata);
        for (SafetensorsEntry& entry : header.entries) {
            if (!entry.dtype)
                continue;
            m_tensors.push_back(
                {.key = std::move(entry.key),
                 .dtype = *entry.dtype,
                 .shape = std::move(entry.shape)});
            m_offsets.push_back(entry.offset);
        }
    }
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t index, std::span<float> out) const override
    {
        const DType dtype = m_tensors[index].dtype;
        // In pieces, so that a big tensor is not in memory twice.
        constexpr size_t piece = 1U << 18U;
        for (size_t done = 0; done < out.size(); done += piece) {
            const auto part = out.subspan(done, std::min(piece, out.size() - done));
            const uint64_t offset = m_offsets[index] + done * bytesOf(dtype);
            const uint64_t bytes = part.size() * bytesOf(dtype);
            toFloat(dtype, m_file.bytes(offset, bytes).data(), part);
            m_file.release();
        }
    }
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_metadata;
    }
    [[nodiscard]] std::string describe() const override { return m_file.path(); }

private:
    MappedFile m_file;
    std::vector<TensorInfo> m_tensors;
    std::vector<uint64_t> m_offsets; ///< bytes from the start of the file, as m_tensors
    std::map<std::string, std::string> m_metadata;
};

} // namespace

std::unique_ptr<TensorSource> openSafetensors(const std::string& path)
{
    return std::make_unique<SafetensorsFile>(path);
}

} // namespace inceptoscope
