#pragma once

#include <chrono>
#include <string>

namespace inceptoscope {

/// How far something long is, on standard error: a bar on a terminal, a line every few seconds
/// elsewhere. Silent for the first second, and the bar goes when the work is done.
class Progress
{
public:
    explicit Progress(const std::string& what);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(double fraction); ///< 0..1

private:
    using Clock = std::chrono::steady_clock;
    std::string m_what;
    bool m_terminal = false;
    bool m_drawn = false;
    Clock::time_point m_next;
};

} // namespace inceptoscope
