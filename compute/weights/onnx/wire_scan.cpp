#include "weights/onnx/wire_scan.h"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <optional>

namespace inceptoscope {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int maxDepth = 32;
// Rounded up from what libprotobuf 3.21 and our own copies take.
constexpr size_t messageMemory = 512;
constexpr size_t stringMemory = 96;
constexpr size_t scalarMemory = 16;

enum WireType : uint32_t
{
    Varint = 0,
    Fixed64 = 1,
    Delimited = 2,
    Fixed32 = 5
};

class Scanner
{
public:
    explicit Scanner(std::span<const std::byte> bytes)
        : m_bytes(bytes)
    {
    }

    WireScan scan(const Descriptor& type)
    {
        (void)message(type, m_bytes.size(), 0);
        return {.memory = m_memory, .fault = m_fault};
    }

private:
    bool fail(const std::string& why)
    {
        m_fault = why;
        return false;
    }

    bool message(const Descriptor& type, size_t end, int depth)
    {
        if (depth > maxDepth)
            return fail("is nested deeper than " + std::to_string(maxDepth) + " levels");
        m_memory += messageMemory;
        while (m_at < end)
            if (!field(type, end, depth))
                return false;
        return true;
    }

    bool field(const Descriptor& type, size_t end, int depth)
    {
        const size_t start = m_at;
        const auto tag = varint(end);
        if (!tag || *tag >> 3 == 0 || *tag > UINT32_MAX)
            return fail("has no valid protobuf tag at byte " + std::to_string(start));
        const FieldDescriptor* known = type.FindFieldByNumber(int(*tag >> 3));
        const std::string name =
            known != nullptr ? known->full_name() : "an unknown field of " + type.full_name();
        uint64_t size = 0;
        switch (*tag & 7U) {
        case Varint:
            m_memory += scalarMemory;
            return varint(end) || fail("ends inside " + name + "; it is truncated or damaged");
        case Fixed64:
            size = 8;
            break;
        case Fixed32:
            size = 4;
            break;
        case Delimited:
            if (const auto length = varint(end))
                size = *length;
            else
                return fail("ends inside " + name + "; it is truncated or damaged");
            break;
        default:
            return fail("has no valid protobuf tag at byte " + std::to_string(start));
        }
        if (size > end - m_at)
            return fail(
                "ends inside " + name + ", which is said to be " + std::to_string(size) +
                " bytes long; it is truncated or damaged");
        if ((*tag & 7U) == Delimited)
            return delimited(known, size, depth);
        m_memory += scalarMemory;
        m_at += size;
        return true;
    }

    bool delimited(const FieldDescriptor* known, size_t size, int depth)
    {
        if (known != nullptr && known->type() == FieldDescriptor::TYPE_MESSAGE)
            return message(*known->message_type(), m_at + size, depth + 1);
        m_memory += stringMemory + size;
        // A number of one byte becomes eight, and the array grows by doubling.
        const bool fixed = known != nullptr && (known->type() == FieldDescriptor::TYPE_FLOAT ||
                                                known->type() == FieldDescriptor::TYPE_DOUBLE);
        if (known != nullptr && known->is_packable() && !fixed)
            for (const std::byte b : m_bytes.subspan(m_at, size))
                m_memory += uint8_t(b) < 128 ? 16 : 0;
        m_at += size;
        return true;
    }

    std::optional<uint64_t> varint(size_t end)
    {
        uint64_t value = 0;
        for (int shift = 0; shift < 64 && m_at < end; shift += 7) {
            const auto byte = uint8_t(m_bytes[m_at++]);
            value |= uint64_t(byte & 127U) << shift;
            if (byte < 128)
                return value;
        }
        return std::nullopt;
    }

    std::span<const std::byte> m_bytes;
    size_t m_at = 0;
    size_t m_memory = 0;
    std::string m_fault;
};

} // namespace

WireScan scanWire(std::span<const std::byte> bytes, const google::protobuf::Descriptor& type)
{
    return Scanner(bytes).scan(type);
}

} // namespace inceptoscope
