// The one file that sees ONNX's schema.
#include "weights/onnx/onnx_file.h"

#include "shown_text.h"
#include "weights/onnx/onnx_external.h"
#include "weights/onnx/onnx_quantised.h"
#include "weights/onnx/wire_scan.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <onnx.pb.h>

#include <cstring>
#include <limits>
#include <set>

namespace inceptoscope {

namespace {

using onnx::TensorProto;

constexpr size_t maxRank = 16;

struct StoredType
{
    uint32_t bytes = 0;
    std::optional<DType> dtype = std::nullopt;
    bool wholeNumbers = false;
};

std::optional<StoredType> storedType(int32_t type)
{
    switch (type) {
    case TensorProto::FLOAT:
        return StoredType{4, DType::F32};
    case TensorProto::FLOAT16:
        return StoredType{2, DType::F16};
    case TensorProto::BFLOAT16:
        return StoredType{2, DType::BF16};
    case TensorProto::DOUBLE:
        return StoredType{8, DType::F64};
    case TensorProto::INT32:
        return StoredType{4, std::nullopt, true};
    case TensorProto::INT64:
        return StoredType{8, std::nullopt, true};
    case TensorProto::UINT8:
    case TensorProto::INT8:
    case TensorProto::BOOL:
        return StoredType{1};
    case TensorProto::UINT16:
    case TensorProto::INT16:
        return StoredType{2};
    case TensorProto::UINT32:
        return StoredType{4};
    case TensorProto::UINT64:
    case TensorProto::COMPLEX64:
        return StoredType{8};
    case TensorProto::COMPLEX128:
        return StoredType{16};
    case TensorProto::STRING:
        return StoredType{0};
    default:
        return std::nullopt;
    }
}

template <class Repeated> std::string packed(const Repeated& values)
{
    std::string bytes(size_t(values.size()) * sizeof(*values.data()), '\0');
    if (!bytes.empty())
        std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

/// Halves lie in the lower bits of 32-bit numbers.
std::string packedHalves(const TensorProto& tensor)
{
    std::string bytes(size_t(tensor.int32_data_size()) * 2, '\0');
    for (int i = 0; i < tensor.int32_data_size(); ++i) {
        const auto half = uint16_t(tensor.int32_data(i));
        std::memcpy(bytes.data() + size_t(i) * 2, &half, 2);
    }
    return bytes;
}

/// Values that don't lie in raw_data. Only what is read is kept.
std::string typedValues(const TensorProto& tensor)
{
    switch (tensor.data_type()) {
    case TensorProto::FLOAT:
        return packed(tensor.float_data());
    case TensorProto::DOUBLE:
        return packed(tensor.double_data());
    case TensorProto::FLOAT16:
    case TensorProto::BFLOAT16:
        return packedHalves(tensor);
    case TensorProto::INT32:
        return packed(tensor.int32_data());
    case TensorProto::INT64:
        return packed(tensor.int64_data());
    default:
        return {};
    }
}

/// Moves what is needed out of the parsed message into plain data.
class Converter
{
public:
    explicit Converter(const std::string& path) { m_model.path = path; }

    OnnxModel convert(onnx::ModelProto& model)
    {
        if (!model.has_graph())
            m_model.refuse("it is an ONNX model without a graph");
        m_model.producer = model.producer_name();
        if (!model.producer_version().empty())
            m_model.producer += " " + model.producer_version();
        for (const auto& set : model.opset_import())
            if (set.domain().empty() || set.domain() == "ai.onnx")
                m_model.opset = set.version();
        for (auto& property : *model.mutable_metadata_props())
            m_model.properties.emplace(property.key(), std::move(*property.mutable_value()));
        onnx::GraphProto& graph = *model.mutable_graph();
        std::set<std::string> names;
        for (TensorProto& tensor : *graph.mutable_initializer()) {
            if (!names.insert(tensor.name()).second)
                m_model.refuse("two initialisers are named \"" + shown(tensor.name()) + "\"");
            (void)addTensor(tensor, "initialiser \"" + shown(tensor.name()) + "\"");
        }
        m_model.initialisers = m_model.tensors.size();
        for (const auto& value : graph.input())
            m_model.inputs.push_back(value.name());
        for (const auto& value : graph.output())
            m_model.outputs.push_back(value.name());
        m_model.nodes.reserve(size_t(graph.node_size()));
        for (onnx::NodeProto& node : *graph.mutable_node())
            addNode(node);
        return std::move(m_model);
    }

private:
    void addNode(onnx::NodeProto& node)
    {
        const bool standard = node.domain().empty() || node.domain() == "ai.onnx";
        OnnxNode result{
            .name = node.name(),
            .op = standard ? node.op_type() : node.domain() + "::" + node.op_type(),
            .inputs = {node.input().begin(), node.input().end()},
            .outputs = {node.output().begin(), node.output().end()},
            .attributes = {}};
        if (result.name.empty() && !result.outputs.empty())
            result.name = result.outputs.front();
        for (onnx::AttributeProto& attribute : *node.mutable_attribute())
            result.attributes.push_back(converted(attribute, result.name));
        m_model.nodes.push_back(std::move(result));
    }

    OnnxAttribute converted(onnx::AttributeProto& attribute, const std::string& node)
    {
        using Kind = OnnxAttribute::Kind;
        OnnxAttribute result{.name = attribute.name(), .integers = {}, .text = {}};
        // Files of the first version give no type.
        if (attribute.has_t()) {
            result.kind = Kind::Tensor;
            result.tensor = addTensor(
                *attribute.mutable_t(),
                "attribute " + shown(result.name) + " of node \"" + shown(node) + "\"");
        } else if (attribute.ints_size() > 0 || attribute.type() == onnx::AttributeProto::INTS) {
            result.kind = Kind::Integers;
            result.integers.assign(attribute.ints().begin(), attribute.ints().end());
        } else if (attribute.has_i() || attribute.type() == onnx::AttributeProto::INT) {
            result.kind = Kind::Integer;
            result.integer = attribute.i();
        } else if (attribute.has_f() || attribute.type() == onnx::AttributeProto::FLOAT) {
            result.kind = Kind::Number;
            result.number = attribute.f();
        } else if (attribute.has_s() || attribute.type() == onnx::AttributeProto::STRING) {
            constexpr size_t longest = 64; // "SAME_UPPER", "constant"
            result.kind = Kind::Text;
            result.text = attribute.s().substr(0, longest);
        }
        return result;
    }

    size_t addTensor(TensorProto& tensor, const std::string& what)
    {
        const auto type = storedType(tensor.data_type());
        if (!type)
            m_model.refuse(
                what + " has the unknown data type " + std::to_string(tensor.data_type()));
        OnnxTensor result{
            .name = tensor.name(),
            .dtype = type->dtype,
            .wholeNumbers = type->wholeNumbers,
            .valueBytes = type->bytes,
            .shape = readShape(tensor, *type, what),
            .data = {},
            .file = std::nullopt};
        if (tensor.has_segment())
            m_model.refuse(what + " is stored in segments, which no exporter writes");
        if (tensor.data_location() == TensorProto::EXTERNAL)
            findExternal(tensor, result, what);
        else
            takeValues(tensor, result, what);
        m_model.tensors.push_back(std::move(result));
        return m_model.tensors.size() - 1;
    }

    std::vector<uint64_t>
    readShape(const TensorProto& tensor, const StoredType& type, const std::string& what) const
    {
        if (size_t(tensor.dims_size()) > maxRank)
            m_model.refuse(
                what + " has " + std::to_string(tensor.dims_size()) + " dimensions, at most " +
                std::to_string(maxRank) + " are allowed");
        std::vector<uint64_t> shape;
        uint64_t bytes = std::max(type.bytes, 1U);
        for (const int64_t d : tensor.dims()) {
            if (d < 0)
                m_model.refuse(what + " has the dimension " + std::to_string(d));
            shape.push_back(uint64_t(d));
            if (__builtin_mul_overflow(bytes, uint64_t(d), &bytes))
                m_model.refuse(what + " has the impossible shape " + toString(shape));
        }
        return shape;
    }

    void takeValues(TensorProto& tensor, OnnxTensor& result, const std::string& what) const
    {
        if (result.valueBytes == 0)
            return; // text
        const bool raw = tensor.has_raw_data();
        const bool kept = raw || result.dtype || result.wholeNumbers;
        result.data = raw ? std::move(*tensor.mutable_raw_data()) : typedValues(tensor);
        const uint64_t expected = result.elements() * result.valueBytes;
        if (kept && result.data.size() != expected)
            m_model.refuse(
                what + " is " + toString(result.shape) + " values of " +
                std::to_string(result.valueBytes) + " bytes, that is " + std::to_string(expected) +
                " bytes, but has " + std::to_string(result.data.size()));
        TensorProto().Swap(&tensor); // its values are no longer needed, Clear() would keep them
    }

    void findExternal(const TensorProto& tensor, OnnxTensor& result, const std::string& what)
    {
        ExternalData data;
        for (const auto& entry : tensor.external_data()) {
            if (entry.key() == "location")
                data.location = entry.value();
            else if (entry.key() == "offset")
                data.offset = entry.value();
            else if (entry.key() == "length")
                data.length = entry.value();
        }
        openExternal(m_model, result, data, what);
    }

    OnnxModel m_model;
};

/// Parsing takes memory in proportion to the file, and never more than this.
constexpr uint64_t memoryPerByte = 8;
constexpr uint64_t memoryAnyway = 64U << 20;

} // namespace

OnnxModel readOnnx(const std::string& path)
{
    const MappedFile file(path);
    OnnxModel failed;
    failed.path = path;
    if (file.size() > uint64_t(std::numeric_limits<int>::max()))
        failed.refuse("it is longer than the 2 GiB that an ONNX file may have");
    const auto bytes = file.bytes(0, file.size());
    const WireScan scan = scanWire(bytes, *onnx::ModelProto::descriptor());
    if (!scan.fault.empty())
        failed.refuse("the ONNX model " + scan.fault);
    if (scan.memory > file.size() * memoryPerByte + memoryAnyway)
        failed.refuse(
            "its " + std::to_string(file.size()) + " bytes would take " +
            std::to_string(scan.memory) + " in memory; it holds no weights but tiny parts");
    google::protobuf::io::ArrayInputStream stream(bytes.data(), int(bytes.size()));
    google::protobuf::io::CodedInputStream coded(&stream);
    coded.SetTotalBytesLimit(int(bytes.size()));
    coded.SetRecursionLimit(100);
    onnx::ModelProto model;
    if (!model.ParseFromCodedStream(&coded) || !coded.ConsumedEntireMessage())
        failed.refuse("the ONNX model is damaged: protobuf can't parse it");
    OnnxModel converted = Converter(path).convert(model);
    refuseQuantised(converted);
    return converted;
}

} // namespace inceptoscope
