#include "models/picture/picture_bytes.h"
#include "models/picture/picture_loader.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace inceptoscope;

class TestPictureLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plain();
    void turnedByExif();
    void transparentLiesOnWhite();
    void grey();
    void sixteenBit();
    void largeIsScaled();
    void suffixDoesNotMatter();
    void broken_data();
    void broken();
    void hugeHeaderIsRefused();
    void missingFile();
    void folder();

private:
    QTemporaryDir m_folder;
};

namespace {

bool isRed(QRgb c)
{
    return qRed(c) > 200 && qBlue(c) < 60;
}
bool isBlue(QRgb c)
{
    return qBlue(c) > 200 && qRed(c) < 60;
}

} // namespace

void TestPictureLoader::plain()
{
    const LoadedPicture picture = loadPicture(encoded(twoHalves(40, 20), "PNG"), "halves.png");
    QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
    QCOMPARE(picture.image.size(), QSize(40, 20));
    QCOMPARE(picture.image.format(), QImage::Format_RGB32);
    QCOMPARE(picture.title, "halves.png");
}

void TestPictureLoader::turnedByExif()
{
    QByteArray bytes = encoded(twoHalves(64, 32), "JPEG");
    bytes.insert(2, exifSegment(6)); // to be turned a quarter clockwise
    const LoadedPicture picture = loadPicture(bytes, "turned.jpg");
    QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
    QCOMPARE(picture.image.size(), QSize(32, 64));
    QVERIFY(isRed(picture.image.pixel(16, 8)));
    QVERIFY(isBlue(picture.image.pixel(16, 56)));
}

void TestPictureLoader::transparentLiesOnWhite()
{
    QImage image(8, 8, QImage::Format_ARGB32);
    image.fill(qRgba(0, 0, 0, 0));
    image.setPixel(0, 0, qRgba(255, 0, 0, 255));
    image.setPixel(1, 0, qRgba(0, 0, 0, 128));
    const LoadedPicture picture = loadPicture(encoded(image, "PNG"), "glass.png");
    QVERIFY(!picture.image.hasAlphaChannel());
    QCOMPARE(picture.image.pixel(4, 4), qRgb(255, 255, 255));
    QCOMPARE(picture.image.pixel(0, 0), qRgb(255, 0, 0));
    QVERIFY(std::abs(qRed(picture.image.pixel(1, 0)) - 127) <= 1);
}

void TestPictureLoader::grey()
{
    QImage image(8, 8, QImage::Format_Grayscale8);
    image.fill(90);
    const LoadedPicture picture = loadPicture(encoded(image, "PNG"), "grey.png");
    QCOMPARE(picture.image.format(), QImage::Format_RGB32);
    QCOMPARE(picture.image.pixel(3, 3), qRgb(90, 90, 90));
}

void TestPictureLoader::sixteenBit()
{
    QImage colour(8, 8, QImage::Format_RGBX64);
    colour.fill(QColor::fromRgba64(0x8000, 0x4000, 0xFFFF));
    const LoadedPicture picture = loadPicture(encoded(colour, "PNG"), "deep.png");
    QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
    const QRgb c = picture.image.pixel(3, 3);
    QVERIFY(std::abs(qRed(c) - 128) <= 1 && std::abs(qGreen(c) - 64) <= 1 && qBlue(c) == 255);

    QImage grey(8, 8, QImage::Format_Grayscale16);
    grey.fill(QColor::fromRgba64(0x8000, 0x8000, 0x8000));
    const LoadedPicture second = loadPicture(encoded(grey, "PNG"), "deep grey.png");
    QVERIFY(std::abs(qGreen(second.image.pixel(3, 3)) - 128) <= 1);
}

void TestPictureLoader::largeIsScaled()
{
    QImage image(6000, 30, QImage::Format_RGB32);
    image.fill(Qt::green);
    const LoadedPicture picture = loadPicture(encoded(image, "PNG"), "wide.png");
    QCOMPARE(picture.image.width(), largestPictureSide);
    QVERIFY(std::abs(picture.image.height() - 20) <= 1);
}

void TestPictureLoader::suffixDoesNotMatter()
{
    const QString path = m_folder.filePath("really a png.jpg");
    QVERIFY(twoHalves(10, 10).save(path, "PNG"));
    QVERIFY(loadPicture(path).error.isEmpty());
}

void TestPictureLoader::broken_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray png = encoded(twoHalves(200, 200), "PNG");
    const QByteArray jpeg = encoded(twoHalves(200, 200), "JPEG");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("This is no picture, but a text.");
    QTest::newRow("cut PNG") << png.left(png.size() / 2);
    QTest::newRow("cut JPEG") << jpeg.left(jpeg.size() / 2);
    QTest::newRow("PNG header only") << png.left(33);
    QTest::newRow("zeros") << QByteArray(4096, '\0');
}

void TestPictureLoader::broken()
{
    QFETCH(const QByteArray, bytes);
    const LoadedPicture picture = loadPicture(bytes, "holiday.jpg");
    QVERIFY(picture.image.isNull());
    QVERIFY2(picture.error.startsWith("holiday.jpg "), qPrintable(picture.error));
    QVERIFY(picture.error.endsWith('.'));
}

void TestPictureLoader::hugeHeaderIsRefused()
{
    // A PNG that claims 100000 x 100000 pixels.
    QByteArray png = encoded(twoHalves(4, 4), "PNG");
    png.replace(16, 8, bigEndian(100000) + bigEndian(100000));
    png.replace(29, 4, bigEndian(crc32(png.mid(12, 17))));
    const LoadedPicture picture = loadPicture(png, "huge.png");
    QVERIFY(picture.image.isNull());
    QVERIFY2(picture.error.contains("100000"), qPrintable(picture.error));
    QVERIFY(picture.error.contains("200 million"));
}

void TestPictureLoader::missingFile()
{
    const LoadedPicture picture = loadPicture(m_folder.filePath("gone.png"));
    QVERIFY(picture.image.isNull());
    QVERIFY(picture.error.startsWith("gone.png was not found"));
}

void TestPictureLoader::folder()
{
    QVERIFY(loadPicture(m_folder.path()).error.contains("not a file"));
}

QTEST_GUILESS_MAIN(TestPictureLoader)
#include "test_picture_loader.moc"
