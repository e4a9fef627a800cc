#pragma once

#include <mutex>
#include <utility>

namespace inceptoscope {

/// What one thread has made so far, and others look at.
template <class T> class Latest
{
public:
    [[nodiscard]] T get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }
    void set(T value)
    {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
    }

private:
    mutable std::mutex m_mutex;
    T m_value;
};

} // namespace inceptoscope
