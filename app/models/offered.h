#pragma once

#include <QImage>
#include <QString>
#include <QUrl>

class QMimeData;

namespace inceptoscope {

/// What somebody drops on the window or pastes into it.
struct Offered
{
    enum class Kind
    {
        Nothing,
        Image,
        Picture,
        Video,
        Weights,
        Labels,
        Address
    };
    Kind kind = Kind::Nothing;
    QImage image;    ///< of an Image
    QUrl url;        ///< of the kinds that are files
    QString address; ///< inceptoscope:...
};

/// By its name, as of weights and videos.
[[nodiscard]] bool looksLikeLabels(const QString& fileName);
/// A file by what its name says: a picture unless it looks like something else.
[[nodiscard]] Offered offered(const QUrl& url);
/// A picture before files, files before text; text counts where it is an address or a file.
[[nodiscard]] Offered offered(const QMimeData& data);

} // namespace inceptoscope
