#pragma once

#include "address/address.h"

#include <vector>

namespace inceptoscope {

/// States of the window in the order in which somebody was there, and where in it they are now.
class History
{
public:
    /// More than these are forgotten, the oldest first.
    static constexpr size_t most = 200;

    /// Goes on from here to `address`; what lay ahead is forgotten. Does nothing where it is that
    /// already.
    void visit(const Address& address);
    /// In place of where one is: a step that isn't worth coming back to.
    void replace(const Address& address);

    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_visited.size(); }
    /// The state before; nullopt at the start.
    std::optional<Address> back();
    std::optional<Address> forward();

private:
    std::vector<Address> m_visited;
    size_t m_at = 0;
};

} // namespace inceptoscope
