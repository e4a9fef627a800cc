#pragma once

#include <filesystem>
#include <memory>

namespace inceptoscope {

/// A path that goes when the program is stopped in the middle: a file, or a folder that is empty
/// but for such files. There is room for a few dozen at a time; what finds none is only swept
/// later (sweepTemporaries).
class GoneWhenStopped
{
public:
    explicit GoneWhenStopped(const std::filesystem::path& path);
    ~GoneWhenStopped(); ///< forgets it; deletes nothing
    GoneWhenStopped(const GoneWhenStopped&) = delete;
    GoneWhenStopped& operator=(const GoneWhenStopped&) = delete;

private:
    int m_slot = -1;
};

/// Deletes what every GoneWhenStopped names. For a signal's handler: nothing here allocates or
/// locks.
void removeTemporaries() noexcept;

/// A new file or folder with a name of our own form in the folder that `place` lies in. It is
/// locked by this process (flock), and goes with this object unless it was kept.
class TemporaryEntry
{
public:
    /// Errors are Error(Io) that `named` can't be written.
    static std::unique_ptr<TemporaryEntry>
    file(const std::filesystem::path& place, unsigned mode, const std::filesystem::path& named);
    static std::unique_ptr<TemporaryEntry>
    folder(const std::filesystem::path& place, const std::filesystem::path& named);
    TemporaryEntry(std::filesystem::path path, int descriptor); ///< takes both over
    ~TemporaryEntry();
    TemporaryEntry(const TemporaryEntry&) = delete;
    TemporaryEntry& operator=(const TemporaryEntry&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    /// It has another name now.
    void keep() { m_kept = true; }

private:
    std::filesystem::path m_path;
    int m_descriptor;
    bool m_kept = false;
    GoneWhenStopped m_whenStopped;
};

/// Deletes a folder's temporaries of programs that are gone: those that nobody holds a lock on.
/// Whatever fails is left alone.
void sweepTemporaries(const std::filesystem::path& folder) noexcept;

/// Deletes a folder with the files in it, but no folder in it: those aren't ours.
void removeFlatFolder(const std::filesystem::path& folder) noexcept;

/// The folder that a path lies in, as it can be opened ("." for a bare name).
[[nodiscard]] std::filesystem::path folderOf(const std::filesystem::path& path);

} // namespace inceptoscope
