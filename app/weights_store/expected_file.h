#pragma once

#include <QByteArray>

namespace inceptoscope {

/// What is known of a file before it is there.
struct ExpectedFile
{
    qint64 size = 0;          ///< bytes
    bool approximate = false; ///< `size` was rounded by whoever published it
    QByteArray sha256 = {};   ///< hex, lower case; the first digits only, or empty: not known

    /// A rounded size may be off by 3 %: 45 for 44.5 MB, and then some.
    [[nodiscard]] qint64 smallest() const { return approximate ? size - size * 3 / 100 : size; }
    [[nodiscard]] qint64 largest() const { return approximate ? size + size * 3 / 100 : size; }
    [[nodiscard]] bool sizeFits(qint64 bytes) const
    {
        return bytes >= smallest() && bytes <= largest();
    }
    [[nodiscard]] bool hashFits(const QByteArray& hex) const { return hex.startsWith(sha256); }
};

} // namespace inceptoscope
