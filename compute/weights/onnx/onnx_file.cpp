#include "weights/onnx/onnx_file.h"

#include "error.h"
#include "shown_text.h"
#include "weights/half_float.h"

#include <algorithm>
#include <cstring>

namespace inceptoscope {

namespace {

class OnnxInitialisers : public TensorSource
{
public:
    explicit OnnxInitialisers(OnnxModel model)
        : m_model(std::move(model))
    {
        for (size_t i = 0; i < m_model.initialisers; ++i)
            if (const OnnxTensor& tensor = m_model.tensors[i]; tensor.dtype) {
                m_tensors.push_back(
                    {.key = tensor.name, .dtype = *tensor.dtype, .shape = tensor.shape});
                m_indices.push_back(i);
            }
        m_metadata = onnxMetadata(m_model);
    }
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(size_t index, std::span<float> out) const override
    {
        m_model.read(m_indices[index], out);
    }
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const override
    {
        return m_metadata;
    }
    [[nodiscard]] std::string describe() const override { return m_model.path; }

private:
    OnnxModel m_model;
    std::vector<TensorInfo> m_tensors;
    std::vector<size_t> m_indices; ///< into the model's tensors, as m_tensors
    std::map<std::string, std::string> m_metadata;
};

/// Wire types that the fields of ModelProto have; 7 is the graph.
bool isModelField(uint32_t field, uint32_t wire)
{
    switch (field) {
    case 1: // ir_version
    case 5: // model_version
        return wire == 0;
    case 2:  // producer_name
    case 3:  // producer_version
    case 4:  // domain
    case 6:  // doc_string
    case 7:  // graph
    case 8:  // opset_import
    case 14: // metadata_props
    case 20: // training_info
    case 25: // functions
    case 26: // configuration
        return wire == 2;
    default:
        return false;
    }
}

/// Walks the fields of a message without looking into them.
class FieldWalk
{
public:
    explicit FieldWalk(const MappedFile& file)
        : m_bytes(file.bytes(0, file.size()))
    {
    }
    /// The next field's number; 0 where there is none that a model could have.
    uint32_t next()
    {
        uint64_t tag = 0;
        if (!varint(tag) || tag > 0xffff || !isModelField(uint32_t(tag >> 3), tag & 7U) ||
            !varint(m_value))
            return 0;
        if ((tag & 7U) == 2) {
            m_cut = m_value > m_bytes.size() - m_at;
            m_at += m_cut ? m_bytes.size() - m_at : m_value;
        }
        return uint32_t(tag >> 3);
    }
    [[nodiscard]] uint64_t value() const { return m_value; }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] bool cut() const { return m_cut; }

private:
    bool varint(uint64_t& value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && m_at < m_bytes.size(); shift += 7) {
            const auto byte = uint8_t(m_bytes[m_at++]);
            value |= uint64_t(byte & 127U) << shift;
            if (byte < 128)
                return true;
        }
        return false;
    }

    std::span<const std::byte> m_bytes;
    size_t m_at = 0;
    uint64_t m_value = 0;
    bool m_cut = false;
};

} // namespace

uint64_t OnnxTensor::elements() const
{
    uint64_t n = 1;
    for (const uint64_t d : shape)
        n *= d;
    return n;
}

void OnnxModel::refuse(const std::string& why) const
{
    throw Error(ErrorKind::BadInput, "weights: " + path + ": " + why);
}

std::span<const std::byte> OnnxModel::bytes(size_t index) const
{
    const OnnxTensor& tensor = tensors[index];
    if (tensor.file)
        return files[*tensor.file]->bytes(tensor.offset, tensor.elements() * tensor.valueBytes);
    return std::as_bytes(std::span(tensor.data));
}

void OnnxModel::read(size_t index, std::span<float> out) const
{
    toFloat(*tensors[index].dtype, bytes(index).data(), out);
}

std::optional<std::vector<int64_t>> OnnxModel::wholeNumbers(size_t index) const
{
    constexpr uint64_t most = 64; // the longest shape or list of axes that makes sense
    const OnnxTensor& tensor = tensors[index];
    if (!tensor.wholeNumbers || tensor.elements() > most)
        return std::nullopt;
    std::vector<int64_t> values(tensor.elements());
    const std::byte* from = bytes(index).data();
    for (size_t i = 0; i < values.size(); ++i) {
        int32_t narrow = 0;
        if (tensor.valueBytes == 8)
            std::memcpy(&values[i], from + i * 8, 8);
        else
            std::memcpy(&narrow, from + i * 4, 4);
        values[i] = tensor.valueBytes == 8 ? values[i] : narrow;
    }
    return values;
}

bool looksLikeOnnx(const MappedFile& file)
{
    FieldWalk walk(file);
    uint32_t field = walk.next();
    // Writers begin with the version, so that such a beginning tells even a damaged file.
    if (field == 1)
        return walk.value() > 0 && walk.value() < 64 && walk.next() != 0;
    bool graph = false;
    for (; field != 0; field = walk.next()) {
        graph = graph || field == 7;
        if (walk.atEnd())
            return graph && !walk.cut();
    }
    return false;
}

std::map<std::string, std::string> onnxMetadata(const OnnxModel& model)
{
    std::map<std::string, std::string> metadata{{"opset", std::to_string(model.opset)}};
    if (!model.producer.empty())
        metadata.emplace("producer", shown(model.producer));
    metadata.insert(model.properties.begin(), model.properties.end());
    return metadata;
}

std::unique_ptr<TensorSource> openOnnx(const std::string& path)
{
    return std::make_unique<OnnxInitialisers>(readOnnx(path));
}

} // namespace inceptoscope
