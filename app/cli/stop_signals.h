#pragma once

namespace inceptoscope {

/// From now on SIGINT, SIGTERM and SIGHUP (unless it is ignored, as by nohup) delete the program's
/// temporary files and end it with 128 + the signal's number. A file that grows beyond the limit
/// on files (ulimit -f) fails to be written, as on a full disk, in place of ending the program.
void endCleanlyWhenStopped();

/// Deletes the temporary files and ends the program at once.
[[noreturn]] void endStopped(int signal);

/// While one lives, a signal doesn't end the program but is told by stopSignal(), so that there is
/// time for a last word; a second one, or a while without that word, ends it all the same.
class StopsAreHeld
{
public:
    StopsAreHeld();
    ~StopsAreHeld();
    StopsAreHeld(const StopsAreHeld&) = delete;
    StopsAreHeld& operator=(const StopsAreHeld&) = delete;
};
/// The signal that wants the program to stop; 0: none.
[[nodiscard]] int stopSignal();

/// Where address space is limited (ulimit -v), libraries and drivers can crash for want of it: that
/// becomes a sentence. So does running out of memory or threads in a thread of theirs.
void explainEndsForWantOfMemory();

} // namespace inceptoscope
