#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace inceptoscope {

/// While an application object is being made: where Qt would abort the program for want of a
/// display or of a plugin, or wait for a display server that never answers, one sentence on
/// standard error ends it (exit code 1). What Qt itself says meanwhile is kept back until it is
/// known to have worked; then it is said, if `passOn`.
class PlatformGuard
{
public:
    /// `complaint`: the sentence, with %1 for Qt's reason.
    PlatformGuard(std::string complaint, bool passOn);
    ~PlatformGuard();
    PlatformGuard(const PlatformGuard&) = delete;
    PlatformGuard& operator=(const PlatformGuard&) = delete;

    /// Ends the program with the sentence: the object was made, but is of no use.
    [[noreturn]] static void giveUp(const char* reason);

private:
    void watch();

    QtMessageHandler m_before;
    std::mutex m_mutex;
    std::condition_variable m_done;
    bool m_passOn;
    bool m_made = false;
    std::thread m_watchdog; ///< last: everything above is there when it starts
};

/// That the window can't open a display, by what the environment says about them: a complaint.
[[nodiscard]] std::string noDisplay();
/// The complaint as a sentence; `reason` may be empty.
[[nodiscard]] std::string withReason(std::string complaint, const std::string& reason);

/// Throws Error(Unsupported) where nothing says which display to use.
void requireDisplay();

/// From now on, what makes Qt give up ends the program with a sentence, not with an abort.
void endWithASentence();

} // namespace inceptoscope
