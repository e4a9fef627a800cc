#include "models/picture/samples.h"

#include <QCoreApplication>
#include <QUrl>
#include <QVariantMap>

#include <array>

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

} // namespace

QVariantList samplePictures()
{
    QVariantList list;
    for (const Sample& sample : samples)
        list << QVariantMap{
            {"title", QCoreApplication::translate("Samples", sample.title)},
            {"source", QUrl(QStringLiteral("qrc:/pictures/%1").arg(QLatin1String(sample.file)))}};
    return list;
}

} // namespace inceptoscope
