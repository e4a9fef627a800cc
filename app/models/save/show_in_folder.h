#pragma once

#include <QString>

#include <functional>

class QObject;

namespace inceptoscope {

/// Has the desktop's file manager show a file: by D-Bus, which selects it, else by opening its
/// folder. Returns at once; without a session bus nothing is waited for. `problem` is called in
/// the thread of `context` with one sentence where neither works.
void showInFolder(
    const QString& path, QObject* context, const std::function<void(const QString&)>& problem);

} // namespace inceptoscope
