#pragma once

#include "models/picture/file_bytes.h"

#include <QString>

namespace inceptoscope {

/// What Qt can't open, said in words: "a HEIC picture", "a web page". Empty for what isn't known.
struct UnreadableKind
{
    QString name;
    bool picture = false; ///< of a kind that isn't supported, rather than no picture at all
};
[[nodiscard]] UnreadableKind unreadableKind(FileBytes file);

/// The first bytes are those of a kind that Qt opens, whatever follows.
[[nodiscard]] bool beginsAsPicture(FileBytes file);

/// What is unusual about a picture of a kind that Qt opens, where it can't open this one or would
/// show other values: "with floating-point values". Empty where nothing is.
[[nodiscard]] QString unsupportedFeature(FileBytes file, const QByteArray& format);

/// The format Qt is told to read, where its own guess is wrong: a Targa begins like a cursor.
[[nodiscard]] QByteArray formatInsteadOf(const QByteArray& guess, FileBytes file);

} // namespace inceptoscope
