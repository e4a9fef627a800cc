#include "shown_text.h"
#include "weights/file_kind.h"

#include <algorithm>
#include <string_view>

namespace inceptoscope {

namespace {

/// A field of a message of protobuf, whose schema isn't known.
struct Field
{
    uint64_t number = 0; ///< 0: there is none, or it is damaged
    uint64_t wire = 0;
    uint64_t value = 0;       ///< of a varint
    std::string_view content; ///< of a field with a length
};

/// The fields of a message, one after the other.
class Fields
{
public:
    explicit Fields(std::string_view bytes)
        : m_left(bytes)
    {
    }

    Field next()
    {
        Field field;
        uint64_t tag = 0;
        if (m_left.empty() || !varint(tag))
            return {};
        field.number = tag >> 3U;
        field.wire = tag & 7U;
        uint64_t length = 0;
        switch (field.wire) {
        case 0:
            return varint(field.value) ? field : Field();
        case 1:
            length = 8;
            break;
        case 2:
            if (!varint(length))
                return {};
            break;
        case 5:
            length = 4;
            break;
        default:
            return {};
        }
        if (length > m_left.size())
            return {};
        field.content = m_left.substr(0, length);
        m_left.remove_prefix(length);
        return field;
    }

private:
    bool varint(uint64_t& value)
    {
        value = 0;
        for (unsigned shift = 0; shift < 64 && !m_left.empty(); shift += 7) {
            const auto byte = uint8_t(m_left.front());
            m_left.remove_prefix(1);
            value |= uint64_t(byte & 127U) << shift;
            if (byte < 128)
                return true;
        }
        return false;
    }

    std::string_view m_left;
};

bool isName(std::string_view text)
{
    return !text.empty() && text.size() < 1000 &&
           std::ranges::all_of(text, [](char c) { return uint8_t(c) >= 32 && c != 127; });
}

bool isText(const Field& field, uint64_t number)
{
    return field.number == number && field.wire == 2 && isName(field.content);
}

/// GraphDef.node: a NodeDef with its name, then its op, each a text.
bool isTensorFlowNode(const Field& field)
{
    if (field.number != 1 || field.wire != 2)
        return false;
    Fields node(field.content);
    const Field name = node.next();
    const Field op = node.next();
    return isText(name, 1) && isText(op, 2) && std::ranges::all_of(op.content, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_';
           });
}

/// NetParameter: its name, then layers: of now (100), of before (2), or inputs.
bool isCaffe(Fields fields)
{
    if (!isText(fields.next(), 1))
        return false;
    for (int i = 0; i < 20; ++i) {
        const Field field = fields.next();
        if (field.number == 100)
            return field.wire == 2;
        if (field.number == 2 && field.wire == 2)
            return true;
        if (field.number == 0 || field.number > 8)
            return false;
    }
    return false;
}

/// Model: specificationVersion, then among few fields one that tells its kind, from 200 on.
bool isCoreMl(Fields fields)
{
    const Field version = fields.next();
    if (version.number != 1 || version.wire != 0 || version.value == 0 || version.value > 64)
        return false;
    for (int i = 0; i < 20; ++i) {
        const Field field = fields.next();
        if (field.number >= 200 && field.number <= 3000)
            return field.wire == 2;
        if (field.number == 0 || (field.number != 2 && field.number != 10))
            return false;
    }
    return false;
}

/// SavedModel: its schema's version is 1, then meta graphs, which hold a graph of nodes.
bool isSavedModel(Fields fields)
{
    const Field version = fields.next();
    const Field meta = fields.next();
    if (version.number != 1 || version.wire != 0 || version.value != 1 || meta.number != 2 ||
        meta.wire != 2)
        return false;
    Fields parts(meta.content);
    for (Field part = parts.next(); part.number != 0; part = parts.next())
        if (part.number == 2 && part.wire == 2)
            return isTensorFlowNode(Fields(part.content).next());
    return false;
}

/// MetaGraphDef: about itself, then a graph of nodes.
bool isMetaGraph(Fields fields)
{
    const Field about = fields.next();
    const Field graph = fields.next();
    return about.number == 1 && about.wire == 2 && graph.number == 2 && graph.wire == 2 &&
           isTensorFlowNode(Fields(graph.content).next());
}

} // namespace

std::string foreignProtobuf(const MappedFile& file)
{
    const auto bytes = file.bytes(0, file.size());
    const Fields fields(
        std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    if (isTensorFlowNode(Fields(fields).next()))
        return "is a TensorFlow graph (frozen, .pb); convert it to ONNX first (python3 -m "
               "tf2onnx.convert --graphdef FILE --inputs NAME:0 --outputs NAME:0 --output "
               "model.onnx)";
    if (isSavedModel(fields))
        return "is the graph of a TensorFlow SavedModel, whose weights lie in the folder variables "
               "beside it; convert the folder to ONNX first (python3 -m tf2onnx.convert "
               "--saved-model FOLDER --output model.onnx)";
    if (isMetaGraph(fields))
        return "is the graph of a TensorFlow checkpoint (.meta); convert it to ONNX first (python3 "
               "-m tf2onnx.convert --checkpoint FILE --output model.onnx)";
    if (isCoreMl(fields))
        return "is a Core ML model; get the PyTorch, ONNX or safetensors file that it was made "
               "from";
    if (isCaffe(fields))
        return "is a Caffe model (.caffemodel); convert it to ONNX or safetensors first";
    return {};
}

} // namespace inceptoscope
