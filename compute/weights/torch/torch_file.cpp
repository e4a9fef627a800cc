#include "weights/torch/torch_file.h"

#include "weights/half_float.h"
#include "weights/mapped_file.h"
#include "weights/torch/torch_storages.h"

#include <cstring>

namespace inceptoscope {

namespace {

bool isZip(const MappedFile& file)
{
    return file.size() >= 4 && std::memcmp(file.bytes(0, 4).data(), "PK\3\4", 4) == 0;
}

class TorchFile : public TensorSource
{
public:
    TorchFile(const std::string& path, TorchRequest& request)
        : m_file(path)
    {
        TorchContents contents =
            isZip(m_file) ? readTorchZip(m_file, request) : readTorchLegacy(m_file, request);
        if (!contents.labels.json.empty())
            m_metadata.emplace("labels", std::move(contents.labels.json));
        m_notes = std::move(contents.choice.notes);
        m_choices = std::move(contents.choice.choices);
        if (!contents.labels.fault.empty())
            m_choices.push_back(contents.labels.fault + "; these labels are left out");
        if (contents.choice.asRequested)
            request.part.clear();
        for (size_t i = 0; i < contents.tensors.size(); ++i) {
            TorchTensor& tensor = contents.tensors[i];
            const TorchStorageType& type = tensor.storage.type;
            if (!type.dtype)
                continue;
            m_offsets.push_back(contents.storageOffsets[i] + tensor.offset * type.bytes);
            m_strides.push_back(std::move(tensor.strides));
            m_tensors.push_back(
                {.key = std::move(tensor.key),
                 .dtype = *type.dtype,
                 .shape = std::move(tensor.shape)});
        }
    }
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t index, std::span<float> out) const override;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_metadata;
    }
    [[nodiscard]] std::string describe() const override { return m_file.path(); }
    [[nodiscard]] std::vector<std::string> notes() const override { return m_notes; }
    [[nodiscard]] std::vector<std::string> choices() const override { return m_choices; }

private:
    MappedFile m_file;
    std::vector<TensorInfo> m_tensors;
    std::vector<uint64_t> m_offsets; ///< bytes from the start of the file, as m_tensors
    std::vector<std::vector<uint64_t>> m_strides; ///< values, as m_tensors
    std::map<std::string, std::string> m_metadata;
    std::vector<std::string> m_notes;
    std::vector<std::string> m_choices;
};

/// Innermost dimensions from `rank` on, whose values lie one behind the other: how many values.
uint64_t contiguousRun(
    const std::vector<uint64_t>& shape, const std::vector<uint64_t>& strides, size_t& rank)
{
    uint64_t run = 1;
    for (rank = shape.size(); rank > 0; --rank) {
        if (shape[rank - 1] != 1 && strides[rank - 1] != run)
            break;
        run *= shape[rank - 1];
    }
    return run;
}

void TorchFile::read(size_t index, std::span<float> out) const
{
    if (out.empty())
        return;
    const TensorInfo& info = m_tensors[index];
    const std::vector<uint64_t>& strides = m_strides[index];
    const uint64_t valueBytes = bytesOf(info.dtype);
    uint64_t last = 0;
    for (size_t d = 0; d < info.shape.size(); ++d)
        last += (info.shape[d] - 1) * strides[d];
    const std::byte* from = m_file.bytes(m_offsets[index], (last + 1) * valueBytes).data();
    size_t rank = 0;
    const uint64_t run = contiguousRun(info.shape, strides, rank);
    std::vector<uint64_t> at(rank, 0);
    uint64_t source = 0;
    for (uint64_t done = 0; done < out.size(); done += run) {
        toFloat(info.dtype, from + source * valueBytes, out.subspan(done, run));
        for (size_t d = rank; d-- > 0;) {
            source += strides[d];
            if (++at[d] < info.shape[d])
                break;
            source -= strides[d] * info.shape[d];
            at[d] = 0;
        }
    }
    m_file.release();
}

} // namespace

std::unique_ptr<TensorSource> openTorchFile(const std::string& path)
{
    TorchRequest any;
    return openTorchPart(path, any);
}

std::unique_ptr<TensorSource> openTorchPart(const std::string& path, TorchRequest& request)
{
    return std::make_unique<TorchFile>(path, request);
}

} // namespace inceptoscope
