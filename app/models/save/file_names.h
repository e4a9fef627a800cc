#pragma once

#include <QString>

namespace inceptoscope {

/// What a title becomes as a file's name: letters, digits and what is safe in every file system.
[[nodiscard]] QString nameFromTitle(const QString& title);

/// `name` with `suffix` at its end, unless it is there.
[[nodiscard]] QString withSuffix(const QString& name, const QString& suffix);

/// Why no file of that name can be made in that folder, one sentence; empty where it can.
[[nodiscard]] QString nameObjection(const QString& folder, const QString& name);

} // namespace inceptoscope
