#pragma once

#include "engine/comparison.h"

#include <QString>

namespace inceptoscope {

/// What was measured of whole networks, kept between starts in one JSON file: with the network,
/// its input, the kind of its weights, the precision, and the device and driver it was measured on.
/// Of each of these the newest result; results of other devices stay in the file. Failed
/// measurements aren't kept.
class MeasuredFile
{
public:
    static constexpr quint64 largestBytes = 8U << 20U;
    static constexpr size_t mostResults = 120;
    using Results = std::vector<std::shared_ptr<const ComparisonResult>>;

    /// Where the user's own is: in XDG_STATE_HOME.
    [[nodiscard]] static QString usersFile();

    explicit MeasuredFile(QString path)
        : m_path(std::move(path))
    {
    }

    /// Reads the file. What can't be used of it is passed over; the sentence says so, and is empty
    /// where there is nothing to say (no file is no problem).
    [[nodiscard]] QString read();
    /// Those of this device, for networks and sizes as they are now.
    [[nodiscard]] Results of(const QString& device, const QString& driver) const;
    /// Keeps one, in place of an older of its kind, and writes the file. The sentence says why that
    /// failed; empty where it worked.
    [[nodiscard]] QString add(const std::shared_ptr<const ComparisonResult>& result);

private:
    [[nodiscard]] QByteArray json() const;

    QString m_path;
    Results m_results; ///< oldest first
};

} // namespace inceptoscope
