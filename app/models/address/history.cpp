#include "models/address/history.h"

namespace inceptoscope {

void History::visit(const Address& address)
{
    if (!m_visited.empty() && m_visited[m_at] == address)
        return;
    if (!m_visited.empty())
        m_visited.resize(m_at + 1);
    m_visited.push_back(address);
    if (m_visited.size() > most)
        m_visited.erase(m_visited.begin());
    m_at = m_visited.size() - 1;
}

void History::replace(const Address& address)
{
    if (m_visited.empty())
        m_visited.push_back(address);
    else
        m_visited[m_at] = address;
}

std::optional<Address> History::back()
{
    if (!canGoBack())
        return std::nullopt;
    return m_visited[--m_at];
}

std::optional<Address> History::forward()
{
    if (!canGoForward())
        return std::nullopt;
    return m_visited[++m_at];
}

} // namespace inceptoscope
