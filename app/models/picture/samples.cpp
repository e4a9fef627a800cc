#include "models/picture/samples.h"

#include "file_name.h"

#include <QCoreApplication>
#include <QVariantMap>

#include <algorithm>
#include <array>
#include <filesystem>

namespace inceptoscope {

namespace {

struct Sample
{
    const char* file; ///< in resources/pictures
    const char* title;
};

constexpr std::array samples{
    Sample{"city-skyline.png", QT_TRANSLATE_NOOP("Samples", "City skyline")},
    Sample{"clock-face.png", QT_TRANSLATE_NOOP("Samples", "Clock face")},
    Sample{"torus.png", QT_TRANSLATE_NOOP("Samples", "Torus")},
    Sample{"stained-glass.png", QT_TRANSLATE_NOOP("Samples", "Stained glass")},
    Sample{"leopard.png", QT_TRANSLATE_NOOP("Samples", "Leopard pattern")},
    Sample{"julia-set.png", QT_TRANSLATE_NOOP("Samples", "Julia set")},
    Sample{"smiling-face.png", QT_TRANSLATE_NOOP("Samples", "Smiling face")},
    Sample{"chelsea.png", QT_TRANSLATE_NOOP("Samples", "Photograph of a cat")},
    Sample{"coffee.png", QT_TRANSLATE_NOOP("Samples", "Photograph of a cup of coffee")},
};

QString nameOf(const Sample& sample)
{
    const QString file = QString::fromLatin1(sample.file);
    return file.left(file.lastIndexOf(u'.'));
}

QUrl urlOf(const Sample& sample)
{
    return {QStringLiteral("qrc:/pictures/%1").arg(QLatin1String(sample.file))};
}

QString titleOf(const Sample& sample)
{
    return QCoreApplication::translate("Samples", sample.title);
}

} // namespace

QVariantList samplePictures()
{
    QVariantList list;
    for (const Sample& sample : samples)
        list << QVariantMap{{"title", titleOf(sample)}, {"source", urlOf(sample)}};
    return list;
}

QString picturePath(const QUrl& url)
{
    if (url.scheme() == QLatin1String("qrc"))
        return QLatin1Char(':') + url.path();
    return localFileText(url);
}

QString sampleTitle(const QUrl& url)
{
    for (const Sample& sample : samples)
        if (url == urlOf(sample))
            return titleOf(sample);
    return {};
}

QString pictureName(const QUrl& url)
{
    for (const Sample& sample : samples)
        if (url == urlOf(sample))
            return nameOf(sample);
    const std::string path = fileBytes(localFileText(url));
    std::error_code ignored; // an empty path stays empty
    return fileText(std::filesystem::absolute(path, ignored).string());
}

QUrl pictureUrl(const QString& name)
{
    for (const Sample& sample : samples)
        if (name == nameOf(sample))
            return urlOf(sample);
    return fileUrl(name);
}

} // namespace inceptoscope
