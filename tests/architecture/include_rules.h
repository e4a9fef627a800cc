#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

namespace inceptoscope {

/// One sentence for each include of a source file that the architecture forbids: who may
/// include whom, no Qt in compute/, the Vulkan headers only where its objects live.
/// `file` is relative to the project: "compute/graph/op.cpp", "app/main.cpp".
[[nodiscard]] QStringList includeViolations(const QString& file, const QString& content);

/// The ways by which a file of app/models sees Vulkan's headers, each as "a.h > b.h > vulkan/...".
/// `sources` are all files of ours, relative to the project, with their content; a header is found
/// as the compiler finds it, below app/ or compute/.
[[nodiscard]] QStringList vulkanLeaks(const QMap<QString, QString>& sources);

/// Empty, or one sentence where the file has more lines than a file may have.
[[nodiscard]] QStringList lengthViolations(const QString& file, const QString& content);

/// One sentence for each function of C that asks the process's locale about letters, digits or
/// numbers: compute/ascii.h has those that don't.
[[nodiscard]] QStringList localeViolations(const QString& file, const QString& content);

} // namespace inceptoscope
