#pragma once

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace inceptoscope {

/// Writes a manifest with one file, `content` at `url`, the default of `network`.
inline bool writeFakeManifest(
    const QString& path, const QString& network, const QUrl& url, const QByteArray& content)
{
    const QByteArray hash = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
    const QJsonObject preprocessing{
        {"input", 224},
        {"resize", 256},
        {"crop_fraction", 0.875},
        {"filter", "area"},
        {"order", "BGR"},
        {"range", 255},
        {"mean", QJsonArray{104, 117, 123}},
        {"std", QJsonArray{1, 1, 1}}};
    const QJsonObject entry{
        {"id", "test.weights"},
        {"network", network},
        {"default", true},
        {"file", "test.weights.safetensors"},
        {"url", url.toString()},
        {"size", content.size()},
        {"sha256", QString::fromLatin1(hash)},
        {"format", "safetensors"},
        {"licence", "CC0-1.0"},
        {"source", "made up for this test"},
        {"released_by", "the test"},
        {"classes", 1000},
        {"preprocessing", preprocessing}};
    const QJsonObject root{{"version", 1}, {"files", QJsonArray{entry}}};
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(root).toJson()) > 0;
}

} // namespace inceptoscope
