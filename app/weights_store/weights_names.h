#pragma once

#include <QString>

namespace inceptoscope {

/// By its name, for what is dropped or handed over; what it holds decides when it is opened.
[[nodiscard]] bool looksLikeWeights(const QString& fileName);

} // namespace inceptoscope
