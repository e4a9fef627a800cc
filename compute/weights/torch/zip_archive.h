#pragma once

#include "weights/mapped_file.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace inceptoscope {

/// The directory of a zip archive (with or without its 64-bit records) whose entries are stored
/// as they are, which is how PyTorch writes them: values are then read in place.
///
/// The constructor checks every entry: names once, the entry's own head naming the same, its
/// bytes inside the file and before the directory, not compressed, not encrypted. The code of a
/// TorchScript archive, which is compressed, is left out. Checksums are not compared. Throws
/// Error(BadInput): one sentence that names the file and the entry.
class ZipArchive
{
public:
    struct Range
    {
        uint64_t offset = 0; ///< bytes from the start of the file
        uint64_t bytes = 0;
    };

    /// `file` must outlive the archive's constructor only.
    explicit ZipArchive(const MappedFile& file);

    [[nodiscard]] std::optional<Range> find(const std::string& name) const;
    [[nodiscard]] const std::map<std::string, Range, std::less<>>& entries() const
    {
        return m_entries;
    }

private:
    std::map<std::string, Range, std::less<>> m_entries;
};

/// What an archive's directory names, however its entries are packed. Throws Error(BadInput) for
/// a damaged directory.
[[nodiscard]] std::vector<std::string> zipNames(const MappedFile& file);

} // namespace inceptoscope
