#include "models/offered.h"
#include "support/test_main.h"

#include <QMimeData>
#include <QTemporaryDir>

using namespace inceptoscope;
using Kind = Offered::Kind;

class TestOffered : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesByTheirNames_data();
    void filesByTheirNames();
    void imagesComeFirst();
    void textThatNamesSomething();
};

void TestOffered::filesByTheirNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("picture") << "/a/cat.PNG" << Kind::Picture;
    QTest::newRow("no suffix") << "/a/cat" << Kind::Picture;
    QTest::newRow("safetensors") << "/a/v3.safetensors" << Kind::Weights;
    QTest::newRow("torch") << "/a/V3.PTH" << Kind::Weights;
    QTest::newRow("onnx") << "/a/v3.onnx" << Kind::Weights;
    QTest::newRow("labels") << "/a/synset.txt" << Kind::Labels;
    QTest::newRow("config.json") << "/a/config.json" << Kind::Labels;
    QTest::newRow("video") << "/a/walk.mp4" << Kind::Video;
}

void TestOffered::filesByTheirNames()
{
    QFETCH(QString, name);
    QFETCH(Kind, kind);
    const QUrl url = QUrl::fromLocalFile(name);
    QCOMPARE(offered(url).kind, kind);
    QMimeData data;
    data.setUrls({url});
    QCOMPARE(offered(data).kind, kind);
    QCOMPARE(offered(data).url, url);
}

/// Browsers copy a picture with its address and its text.
void TestOffered::imagesComeFirst()
{
    QImage image(3, 2, QImage::Format_RGB32);
    image.fill(Qt::green);
    QMimeData data;
    data.setImageData(image);
    data.setUrls({QUrl("https://example.org/cat.png")});
    data.setText("cat");
    QCOMPARE(offered(data).kind, Kind::Image);
    QCOMPARE(offered(data).image.size(), image.size());
}

void TestOffered::textThatNamesSomething()
{
    QTemporaryDir folder;
    const QString path = folder.filePath("a picture.png");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QMimeData data;
    for (const QString& text : {path, ' ' + path + '\n', QUrl::fromLocalFile(path).toString()}) {
        data.setText(text);
        QCOMPARE(offered(data).kind, Kind::Picture);
        QCOMPARE(offered(data).url.toLocalFile(), path);
    }
    data.setText(" inceptoscope:network=inception_v3\n");
    QCOMPARE(offered(data).kind, Kind::Address);
    QCOMPARE(offered(data).address, "inceptoscope:network=inception_v3");
    for (const char* text : {"", "  ", "hello", "/nowhere/at/all.png", "https://example.org/a"}) {
        data.setText(text);
        QCOMPARE(offered(data).kind, Kind::Nothing);
    }
    QCOMPARE(offered(QMimeData()).kind, Kind::Nothing);
}

INCEPTOSCOPE_TEST_MAIN(TestOffered)
#include "test_offered.moc"
