#pragma once

#include "models/picture/file_bytes.h"

#include <optional>
#include <vector>

namespace inceptoscope {

/// The first directory of a TIFF (BigTIFF too) or of EXIF data, which are a TIFF without pixels.
class TiffDirectory
{
public:
    enum Tag : uint16_t
    {
        Width = 256,
        BitsPerSample = 258,
        Compression = 259,
        Photometric = 262,
        StripOffsets = 273,
        Orientation = 274,
        StripByteCounts = 279,
        TileOffsets = 324,
        TileByteCounts = 325,
        SampleFormat = 339
    };

    explicit TiffDirectory(FileBytes file);

    /// Bytes are a TIFF's, even if nothing follows them.
    [[nodiscard]] static bool begins(FileBytes file);
    /// The directory, what it points to and the pixels lie within the file.
    [[nodiscard]] bool isWhole() const { return m_whole && pixelsAreThere(); }
    /// The first value of a whole-numbered tag.
    [[nodiscard]] std::optional<uint64_t> value(Tag tag) const;
    [[nodiscard]] std::vector<uint64_t> values(Tag tag) const;

private:
    struct Entry
    {
        uint16_t tag = 0;
        uint16_t type = 0;
        uint64_t count = 0;
        uint64_t at = 0; ///< where its values are
    };

    void readEntry(uint64_t at);
    [[nodiscard]] bool pixelsAreThere() const;
    [[nodiscard]] const Entry* find(Tag tag) const;
    [[nodiscard]] uint64_t number(uint64_t at, unsigned bytes) const;

    FileBytes m_file;
    bool m_big = false;       ///< 64-bit offsets
    bool m_bigEndian = false; ///< byte order
    bool m_whole = false;
    std::vector<Entry> m_entries;
};

} // namespace inceptoscope
