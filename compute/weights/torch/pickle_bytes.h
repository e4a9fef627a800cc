#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace inceptoscope {

/// The bytes of a pickle from front to back, never beyond their end, and its two ways to fail.
class PickleBytes
{
public:
    PickleBytes(std::span<const std::byte> bytes, const std::string& path)
        : m_bytes(bytes)
        , m_path(path)
    {
    }

    /// The next opcode; what is damaged from here on is damaged at this byte.
    [[nodiscard]] uint8_t opcode();
    [[nodiscard]] std::string_view take(uint64_t count);
    /// Little-endian, of 1 to 8 bytes.
    [[nodiscard]] uint64_t number(size_t count);
    /// Up to the next end of a line, which is left out.
    [[nodiscard]] std::string_view line();

    [[nodiscard]] uint64_t size() const { return m_bytes.size(); }
    /// Bytes taken so far.
    [[nodiscard]] uint64_t taken() const { return m_at; }

    [[noreturn]] void refuse(const std::string& what) const;
    [[noreturn]] void damaged(const std::string& what) const;

private:
    std::span<const std::byte> m_bytes;
    const std::string& m_path;
    uint64_t m_at = 0;
    uint64_t m_opcodeAt = 0;
};

} // namespace inceptoscope
