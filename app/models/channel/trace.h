#pragma once

#include <QString>

namespace inceptoscope {

/// With INCEPTOSCOPE_TRACE=1, a line on standard error: milliseconds since the program was started
/// (to 10 ms, as the kernel knows it) and of processor time, and what has been reached. Of each
/// `what` only the first.
void trace(const QString& what);

} // namespace inceptoscope
