#pragma once

#include "weights/weight_files.h"

namespace inceptoscope {

/// Protobuf's wire format, written by hand: hostile files must not depend on a library that
/// refuses to write them.
namespace wire {

inline std::string varint(uint64_t value)
{
    std::string bytes;
    for (; value >= 128; value >>= 7)
        bytes += char(value | 128);
    return bytes + char(value);
}
inline std::string number(uint32_t field, uint64_t value)
{
    return varint(field << 3) + varint(value);
}
inline std::string bytes(uint32_t field, const std::string& value)
{
    return varint(field << 3 | 2) + varint(value.size()) + value;
}
inline std::string real(uint32_t field, float value)
{
    return varint(field << 3 | 5) + bytesOfValues(std::vector<float>{value});
}

} // namespace wire

/// Parts of ONNX's messages, by the field numbers of onnx.proto.
namespace onnx_part {

constexpr uint64_t f32 = 1;

inline std::string dims(const std::vector<int64_t>& shape)
{
    std::string all;
    for (const int64_t d : shape)
        all += wire::number(1, uint64_t(d));
    return all;
}
/// A TensorProto with raw_data.
inline std::string tensor(
    const std::string& name, const std::vector<int64_t>& shape, const std::string& raw,
    uint64_t type = f32)
{
    return dims(shape) + wire::number(2, type) + wire::bytes(8, name) + wire::bytes(9, raw);
}
inline std::string
tensor(const std::string& name, const std::vector<int64_t>& shape, const std::vector<float>& values)
{
    return tensor(name, shape, bytesOfValues(values));
}
inline std::string integers(const std::string& name, const std::vector<int64_t>& values)
{
    return tensor(name, {int64_t(values.size())}, bytesOfValues(values), 7);
}
inline std::string attribute(const std::string& name, int64_t value)
{
    return wire::bytes(
        5, wire::bytes(1, name) + wire::number(3, uint64_t(value)) + wire::number(20, 2));
}
inline std::string attribute(const std::string& name, float value)
{
    return wire::bytes(5, wire::bytes(1, name) + wire::real(2, value) + wire::number(20, 1));
}
inline std::string attribute(const std::string& name, const std::vector<int64_t>& values)
{
    std::string all;
    for (const int64_t v : values)
        all += wire::number(8, uint64_t(v));
    return wire::bytes(5, wire::bytes(1, name) + all + wire::number(20, 7));
}
/// Text as attribute.
inline std::string textAttribute(const std::string& name, const std::string& value)
{
    return wire::bytes(5, wire::bytes(1, name) + wire::bytes(4, value) + wire::number(20, 3));
}
/// A tensor as attribute: a Constant's value.
inline std::string tensorAttribute(const std::string& name, const std::string& tensor)
{
    return wire::bytes(5, wire::bytes(1, name) + wire::bytes(5, tensor) + wire::number(20, 4));
}

} // namespace onnx_part

/// An ONNX file that is put together part by part. Its input is "x".
class OnnxWriter
{
public:
    OnnxWriter& node(
        const std::string& op, const std::vector<std::string>& inputs, const std::string& output,
        const std::string& attributes = {})
    {
        std::string all;
        for (const std::string& input : inputs)
            all += wire::bytes(1, input);
        m_graph += wire::bytes(
            1, all + wire::bytes(2, output) + wire::bytes(3, output + "_node") +
                   wire::bytes(4, op) + attributes);
        m_last = output;
        return *this;
    }
    OnnxWriter& initialiser(const std::string& tensor)
    {
        m_graph += wire::bytes(5, tensor);
        return *this;
    }
    OnnxWriter& initialiser(
        const std::string& name, const std::vector<int64_t>& shape,
        const std::vector<float>& values)
    {
        return initialiser(onnx_part::tensor(name, shape, values));
    }
    /// The file; its output is the last node's.
    [[nodiscard]] std::string model(uint64_t opset = 9) const
    {
        const std::string graph = m_graph + wire::bytes(11, wire::bytes(1, "x")) +
                                  wire::bytes(12, wire::bytes(1, m_last));
        return wire::number(1, 4) + wire::bytes(2, "test") + wire::bytes(7, graph) +
               wire::bytes(8, wire::number(2, opset));
    }

private:
    std::string m_graph;
    std::string m_last;
};

} // namespace inceptoscope
