#include "address/pictures.h"
#include "models/picture/picture_loader.h"
#include "models/picture/samples.h"
#include "support/test_main.h"

#include <QDir>
#include <QSet>
#include <QUrl>

using namespace inceptoscope;

class TestSamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachOneOpens();
    void noneIsForgotten();
};

void TestSamples::eachOneOpens()
{
    QSet<QString> titles;
    for (const QVariant& sample : samplePictures()) {
        const QVariantMap map = sample.toMap();
        titles << map["title"].toString();
        const LoadedPicture picture = loadPicture(u':' + map["source"].toUrl().path());
        QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
        QVERIFY(std::min(picture.image.width(), picture.image.height()) >= 224);
    }
    QCOMPARE(titles.size(), samplePictures().size());
}

void TestSamples::noneIsForgotten()
{
    QStringList listed;
    for (const QVariant& sample : samplePictures())
        listed << sample.toMap()["source"].toUrl().fileName();
    QStringList named = bundledPictures(); // those that an address can name
    QCOMPARE(named.size(), listed.size());
    for (QString& name : named)
        QVERIFY2(listed.contains(name += ".png"), qPrintable(name));
    listed.sort();
    QCOMPARE(listed, QDir(":/pictures").entryList(QDir::Files, QDir::Name));
}

INCEPTOSCOPE_TEST_MAIN(TestSamples)
#include "test_samples.moc"
