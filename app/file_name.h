#pragma once

#include <QString>
#include <QUrl>

#include <string>

namespace inceptoscope {

// A file's name is bytes, mostly UTF-8 but not always. Qt's functions lose the others: what opens a
// file takes fileBytes() of the name.

/// A name as Qt's text, from which fileBytes() gets the same bytes back: those that are no UTF-8
/// stand there as lone surrogates, U+DC80 to U+DCFF, as in Python.
[[nodiscard]] QString fileText(const std::string& bytes);
[[nodiscard]] std::string fileBytes(const QString& text);

/// A file: URL's path, percent escapes decoded to whatever bytes they mean; empty where it is no
/// file of this computer.
[[nodiscard]] std::string localFile(const QByteArray& url);
[[nodiscard]] QString localFileText(const QUrl& url);
/// The way back.
[[nodiscard]] QUrl fileUrl(const QString& text);

/// For people: the last part of a name, and the absolute path of its folder.
[[nodiscard]] QString shownFileName(const QString& text);
[[nodiscard]] QString shownFolder(const QString& text);

} // namespace inceptoscope
