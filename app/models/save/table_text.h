#pragma once

#include <QStringList>

namespace inceptoscope {

/// A line of a table, its end included: with commas as RFC 4180 has it, with tabs for a
/// spreadsheet's clipboard.
[[nodiscard]] QString tableLine(QStringList fields, QChar separator);

} // namespace inceptoscope
