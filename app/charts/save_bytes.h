#pragma once

#include <QByteArray>
#include <QString>

namespace inceptoscope {

/// Writes a file as files/output_file.h does. What went wrong, in a sentence; empty: nothing.
[[nodiscard]] QString saveBytes(const QString& path, const QByteArray& bytes);

} // namespace inceptoscope
