#pragma once

#include <QByteArray>
#include <QMetaType>

#include <functional>

namespace inceptoscope {

/// What a file will hold: made in the thread pool, so of nothing that the window may change.
/// Empty bytes mean that there was no memory for it.
struct SaveContent
{
    std::function<QByteArray()> bytes;
};

} // namespace inceptoscope

Q_DECLARE_METATYPE(inceptoscope::SaveContent)
