#include "cli/progress.h"

#include "cli/output.h"
#include "shown_text.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace inceptoscope {

namespace {

using namespace std::chrono_literals;
constexpr int barWidth = 30;

} // namespace

Progress::Progress(const std::string& what)
    : m_what(shownLine(what))
    , m_terminal(isatty(STDERR_FILENO) != 0)
    , m_next(Clock::now() + 1s)
{
}

Progress::~Progress()
{
    if (m_drawn)
        std::fputs("\r\033[K", stderr);
}

void Progress::update(double fraction)
{
    const Clock::time_point now = Clock::now();
    if (now < m_next)
        return;
    const int percent = int(std::clamp(fraction, 0.0, 1.0) * 100);
    if (!m_terminal) {
        note(m_what + ": " + std::to_string(percent) + " %");
        m_next = now + 2s;
        return;
    }
    const int full = percent * barWidth / 100;
    const std::string bar =
        std::string(size_t(full), '#') + std::string(size_t(barWidth - full), '-');
    std::fprintf(stderr, "\r\033[K%s [%s] %d %%", m_what.c_str(), bar.c_str(), percent);
    std::fflush(stderr);
    m_drawn = true;
    m_next = now + 100ms;
}

} // namespace inceptoscope
