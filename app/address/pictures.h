#pragma once

#include <QStringList>

namespace inceptoscope {

/// Names of the pictures that come with the program, as an address has them ("chelsea").
[[nodiscard]] const QStringList& bundledPictures();

/// Whether an address can name it: one of those, or the path of a file that is there.
[[nodiscard]] bool isPicture(const QString& name);

} // namespace inceptoscope
