#include "weights/torch/pickle_bytes.h"

#include "error.h"

#include <cstring>

namespace inceptoscope {

uint8_t PickleBytes::opcode()
{
    m_opcodeAt = m_at;
    return uint8_t(number(1));
}

std::string_view PickleBytes::take(uint64_t count)
{
    const uint64_t left = m_bytes.size() - m_at;
    if (count > left)
        damaged(
            "it ends within a value of " + std::to_string(count) + " bytes, " +
            std::to_string(left) + " are left");
    const auto* begin = reinterpret_cast<const char*>(m_bytes.data()) + m_at;
    m_at += count;
    return {begin, size_t(count)};
}

uint64_t PickleBytes::number(size_t count)
{
    uint64_t value = 0;
    std::memcpy(&value, take(count).data(), count);
    return value;
}

std::string_view PickleBytes::line()
{
    const auto* begin = reinterpret_cast<const char*>(m_bytes.data()) + m_at;
    const size_t length = std::string_view(begin, m_bytes.size() - m_at).find('\n');
    if (length == std::string_view::npos)
        damaged("a name has no end");
    const std::string_view text = take(length);
    (void)take(1);
    return text;
}

void PickleBytes::refuse(const std::string& what) const
{
    throw Error(ErrorKind::BadInput, "weights: " + m_path + ": its pickle " + what + "; refused");
}

void PickleBytes::damaged(const std::string& what) const
{
    throw Error(
        ErrorKind::BadInput, "weights: " + m_path + ": its pickle is damaged at byte " +
                                 std::to_string(m_opcodeAt) + ": " + what);
}

} // namespace inceptoscope
