#pragma once

#include "files/output_target.h"
#include "files/temporaries.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace inceptoscope {

/// A file that somebody asked for. It is written beside its place and takes it in one step, so
/// that there is all of it, or what was there before. Links are followed; the owner and the mode
/// of a file that is replaced are kept, a new one is made by the umask, and one that may not be
/// written is refused. Devices, pipes, sockets and descriptors (/dev/stdout) are written to and
/// never replaced. Errors are Error(Io): "PATH can't be written: REASON".
class OutputFile
{
public:
    explicit OutputFile(const std::filesystem::path& path);
    ~OutputFile(); ///< without commit() no file has changed
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(const void* data, size_t bytes);
    void write(std::string_view text) { write(text.data(), text.size()); }
    /// Puts it in its place, once it is safely on the disk.
    void commit();

private:
    void openStream();
    void makeBeside();
    void likeBefore() const;
    [[nodiscard]] int descriptor() const { return m_beside ? m_beside->descriptor() : m_stream; }

    std::filesystem::path m_path; ///< as it was asked for
    OutputTarget m_target;
    std::unique_ptr<TemporaryEntry> m_beside;
    int m_stream = -1;
};

/// All of it at once.
void writeOutputFile(const std::filesystem::path& path, std::string_view content);

/// Throws as writing would where it is known beforehand that it can't work: before anything long
/// is begun. Opens no device and no pipe. Sweeps the folder (sweepTemporaries).
void requireOutputFile(const std::filesystem::path& path);

/// A rename survives a power cut only once its folder is on the disk as well.
void syncFolder(const std::filesystem::path& folder) noexcept;

} // namespace inceptoscope
