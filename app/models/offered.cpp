#include "models/offered.h"

#include "address/address.h"
#include "live_source/file_source.h"
#include "weights_store/weights_names.h"

#include <QFileInfo>
#include <QMimeData>

namespace inceptoscope {

namespace {

using Kind = Offered::Kind;

Kind kindOf(const QString& fileName)
{
    if (looksLikeWeights(fileName))
        return Kind::Weights;
    if (looksLikeLabels(fileName))
        return Kind::Labels;
    return FileSource::looksLikeVideo(fileName) ? Kind::Video : Kind::Picture;
}

} // namespace

bool looksLikeLabels(const QString& fileName)
{
    static const QStringList suffixes = {"txt", "json", "labels", "names"};
    return suffixes.contains(QFileInfo(fileName).suffix().toLower());
}

Offered offered(const QUrl& url)
{
    return {.kind = kindOf(url.path()), .image = {}, .url = url, .address = {}};
}

Offered offered(const QMimeData& data)
{
    if (data.hasImage()) {
        auto image = qvariant_cast<QImage>(data.imageData());
        return {.kind = Kind::Image, .image = std::move(image), .url = {}, .address = {}};
    }
    if (data.hasUrls())
        return offered(data.urls().front());
    const QString text = data.text().trimmed();
    if (looksLikeAddress(text))
        return {.kind = Kind::Address, .image = {}, .url = {}, .address = text};
    if (!text.isEmpty() && QFileInfo::exists(text))
        return offered(QUrl::fromLocalFile(text));
    if (const QUrl url(text); url.isLocalFile())
        return offered(url);
    return {};
}

} // namespace inceptoscope
