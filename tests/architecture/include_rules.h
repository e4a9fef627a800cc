#pragma once

#include <QString>
#include <QStringList>

namespace inceptoscope {

/// One sentence for each include of a source file that the architecture forbids: who may
/// include whom, no Qt in compute/, the Vulkan headers only where its objects live.
/// `file` is relative to the project: "compute/graph/op.cpp", "app/main.cpp".
[[nodiscard]] QStringList includeViolations(const QString& file, const QString& content);

/// Empty, or one sentence where the file has more lines than a file may have.
[[nodiscard]] QStringList lengthViolations(const QString& file, const QString& content);

} // namespace inceptoscope
