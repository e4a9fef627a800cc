// Pictures as people have them: cut, turned, of odd kinds, under odd names.
#include "file_name.h"
#include "models/picture/picture_bytes.h"
#include "models/picture/picture_loader.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QtTest>

#include <unistd.h>

using namespace inceptoscope;

class TestPictureFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cut_data();
    void cut();
    void whatFollowsThePicture();
    void thumbnailIsNotTheEnd();
    void aboveQtsLimit();
    void turned_data();
    void turned();
    void turnedByOldPngText();
    void largestOfAnIcon();
    void unsupported_data();
    void unsupported();
    void decodersAreSilent();
    void namesAreBytes();
    void urls();
    void titlesAreTame();
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

/// What is written to standard error in the meantime.
template <class Body> QByteArray errorOutput(const Body& body)
{
    QTemporaryFile file;
    if (!file.open())
        return "no temporary file";
    std::fflush(stderr);
    const int real = dup(STDERR_FILENO);
    dup2(file.handle(), STDERR_FILENO);
    body();
    std::fflush(stderr);
    dup2(real, STDERR_FILENO);
    close(real);
    file.seek(0);
    return file.readAll();
}

} // namespace

void TestPictureFiles::cut_data()
{
    QTest::addColumn<QByteArray>("whole");
    const QImage halves = twoHalves(64, 64);
    for (const char* format : {"PNG", "JPEG", "BMP", "PPM", "PGM", "PBM", "XBM", "XPM"})
        QTest::newRow(format) << encoded(halves, format);
    for (const char* format : {"WEBP", "TIFF"})
        if (const QByteArray bytes = encoded(halves, format); !bytes.isEmpty())
            QTest::newRow(format) << bytes;
    QTest::newRow("BMP with runs") << runBmp();
    QTest::newRow("GIF") << animatedGif();
    QTest::newRow("icon") << iconOf({16, 48});
    QTest::newRow("TIFF, directory first") << greyTiff(8, 1);
    QTest::newRow("SVG") << QByteArray(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\"><rect width=\"64\" "
        "height=\"64\" fill=\"red\"/><rect width=\"9\" height=\"9\" fill=\"blue\"/></svg>");
}

void TestPictureFiles::cut()
{
    QFETCH(const QByteArray, whole);
    const LoadedPicture all = loadPicture(whole, "holiday");
    QVERIFY2(all.error.isEmpty(), qPrintable(all.error));
    for (const double part : {0.97, 0.8, 0.5, 0.3}) {
        const LoadedPicture picture = loadPicture(whole.left(qsizetype(part * whole.size())), "it");
        QVERIFY2(picture.image.isNull(), qPrintable(QString::number(part)));
        QVERIFY2(picture.error.startsWith("it is cut short"), qPrintable(picture.error));
    }
}

void TestPictureFiles::whatFollowsThePicture()
{
    const QByteArray video = QByteArray(
                                 "\0\0\0\x18"
                                 "ftypmp42",
                                 12) +
                             QByteArray(5000, '\xFF');
    for (const char* format : {"JPEG", "PNG", "BMP"}) {
        const LoadedPicture picture =
            loadPicture(encoded(twoHalves(64, 64), format) + video, "motion");
        QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
        QVERIFY(isRed(picture.image.pixel(5, 5)) && isBlue(picture.image.pixel(60, 60)));
    }
    // Markers in the video are not the picture's.
    const QByteArray jpeg = encoded(twoHalves(64, 64), "JPEG");
    QVERIFY(loadPicture(jpeg + "\xFF\xDA" + video, "motion").error.isEmpty());
    const QByteArray half = jpeg.left(jpeg.size() / 2);
    QVERIFY(!loadPicture(half, "motion").error.isEmpty());
}

void TestPictureFiles::thumbnailIsNotTheEnd()
{
    const QByteArray small = encoded(twoHalves(16, 16), "JPEG");
    const auto length = int(small.size()) + 2;
    QByteArray jpeg = encoded(twoHalves(200, 200), "JPEG");
    jpeg.insert(2, QByteArray("\xFF\xE7", 2) + char(length >> 8) + char(length & 0xFF) + small);
    QVERIFY(loadPicture(jpeg, "large").error.isEmpty());
    const LoadedPicture picture = loadPicture(jpeg.left(jpeg.size() * 3 / 4), "large");
    QVERIFY2(picture.error.contains("cut short"), qPrintable(picture.error));
}

void TestPictureFiles::aboveQtsLimit()
{
    QImage page(5900, 5900, QImage::Format_Mono); // 139 MB once it has colours
    page.fill(1);
    const LoadedPicture picture = loadPicture(encoded(page, "PNG"), "page.png");
    QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
    QCOMPARE(picture.image.size(), QSize(largestPictureSide, largestPictureSide));
    QCOMPARE(picture.image.pixel(2000, 2000), qRgb(255, 255, 255));
}

void TestPictureFiles::turned_data()
{
    QTest::addColumn<char>("orientation");
    for (char orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("%d", orientation) << orientation;
}

void TestPictureFiles::turned()
{
    QFETCH(const char, orientation);
    QImage image = twoHalves(64, 32);
    image.fill(Qt::blue);
    for (int y = 0; y < 16; ++y) // one corner, so that all eight differ
        for (int x = 0; x < 32; ++x)
            image.setPixel(x, y, qRgb(255, 0, 0));
    QByteArray jpeg = encoded(image, "JPEG");
    jpeg.insert(2, exifSegment(orientation));
    const QImage expected = loadPicture(jpeg, "turned.jpg").image;
    QCOMPARE(expected.size(), orientation < 5 ? QSize(64, 32) : QSize(32, 64));

    const QByteArray png = encoded(image, "PNG");
    const QByteArray webp = encoded(image, "WEBP");
    QList<QByteArray> files{pngWith(png, "eXIf", exifData(orientation))};
    if (webp.isEmpty())
        qWarning("WebP can't be written here: not tried");
    else
        files << webpWith(webp, image.size(), exifData(orientation))
              << webpWith(webp, image.size(), QByteArray("Exif\0\0", 6) + exifData(orientation));
    for (const QByteArray& file : std::as_const(files)) {
        const LoadedPicture picture = loadPicture(file, "turned");
        QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
        QCOMPARE(picture.image.size(), expected.size());
        const int right = expected.width() - 8;
        const int bottom = expected.height() - 8;
        for (const QPoint at : {QPoint(8, 8), QPoint(right, 8), QPoint(8, bottom)})
            QCOMPARE(isRed(picture.image.pixel(at)), isRed(expected.pixel(at)));
    }
}

void TestPictureFiles::turnedByOldPngText()
{
    const QByteArray exif = exifData(6);
    const QByteArray profile =
        "\nexif\n      " + QByteArray::number(exif.size()) + "\n" + exif.toHex() + "\n";
    const QByteArray text = QByteArray("Raw profile type exif\0\0", 23) + qCompress(profile).mid(4);
    const LoadedPicture picture =
        loadPicture(pngWith(encoded(twoHalves(64, 32), "PNG"), "zTXt", text), "old.png");
    QCOMPARE(picture.image.size(), QSize(32, 64));
    QVERIFY(isRed(picture.image.pixel(16, 8)) && isBlue(picture.image.pixel(16, 56)));
}

void TestPictureFiles::largestOfAnIcon()
{
    const LoadedPicture picture = loadPicture(iconOf({16, 48, 32}), "icon.ico");
    QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
    QCOMPARE(picture.image.size(), QSize(48, 48));
}

void TestPictureFiles::unsupported_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const QString no = QStringLiteral("isn't supported");
    QTest::newRow("float TIFF") << greyTiff(32, 3) << "floating-point values, a kind that " + no;
    QTest::newRow("signed TIFF") << greyTiff(16, 2) << "below zero, a kind that " + no;
    QTest::newRow("32-bit TIFF") << greyTiff(32, 1) << "32 bits a colour, a kind that " + no;
    QTest::newRow("HEIC") << QByteArray(
                                 "\0\0\0\x18"
                                 "ftypheic\0\0\0\0mif1heic",
                                 24)
                          << "a HEIC picture, a kind that " + no;
    QTest::newRow("AVIF") << QByteArray(
                                 "\0\0\0\x18"
                                 "ftypavif\0\0\0\0mif1avif",
                                 24)
                          << "an AVIF picture, a kind that " + no;
    QTest::newRow("video") << QByteArray(
                                  "\0\0\0\x18"
                                  "ftypmp42\0\0\0\0isommp42",
                                  24)
                           << "not a picture: it is a video";
    QTest::newRow("PSD") << QByteArray("8BPS\0\1\0\0", 8)
                         << "a Photoshop picture, a kind that " + no;
    QTest::newRow("web page") << QByteArray("\n<!DOCTYPE html>\n<html><body>404</body></html>")
                              << "not a picture: it is a web page";
    QTest::newRow("text") << QByteArray("Dear diary,\n") << "not a picture: it is a text";
    QTest::newRow("bytes") << QByteArray(4096, '\1') << "not a picture that can be opened";
}

void TestPictureFiles::unsupported()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, words);
    const LoadedPicture picture = loadPicture(bytes, "it");
    QVERIFY(picture.image.isNull());
    QVERIFY2(picture.error.startsWith("it is "), qPrintable(picture.error));
    QVERIFY2(picture.error.contains(words), qPrintable(picture.error));
}

void TestPictureFiles::decodersAreSilent()
{
    QByteArray png = encoded(twoHalves(64, 64), "PNG");
    png[png.size() / 2] = char(png[png.size() / 2] ^ 0x55); // what libpng finds wrong, it says
    QByteArray jpeg = encoded(twoHalves(64, 64), "JPEG");
    jpeg.insert(jpeg.size() - 2, QByteArray(40, 'x'));
    QByteArray tiff = greyTiff(8, 1);
    tiff[54] = '\x63'; // an unknown compression
    LoadedPicture broken;
    LoadedPicture unknown;
    const QByteArray said = errorOutput([&] {
        broken = loadPicture(png, "png");
        (void)loadPicture(jpeg, "jpeg");
        unknown = loadPicture(tiff, "tiff");
        (void)loadPicture(greyTiff(32, 3), "tiff");
    });
    QCOMPARE(said, QByteArray());
    QVERIFY2(broken.error.startsWith("png is damaged"), qPrintable(broken.error));
    QVERIFY(unknown.image.isNull());
    // What others say stays theirs.
    QCOMPARE(errorOutput([] { std::fputs("mine\n", stderr); }), QByteArray("mine\n"));
}

void TestPictureFiles::namesAreBytes()
{
    for (const std::string name :
         {"caf\xe9.png", "\xff\xfe", "plain", "na\xc3\xafve \xe6\x97\xa5.png", "\xed\xa0\x80", ""})
        QCOMPARE(fileBytes(fileText(name)), name);
    QCOMPARE(fileText("na\xc3\xafve"), QStringLiteral("naïve"));

    const QTemporaryDir folder;
    const std::string name = folder.path().toStdString() + "/caf\xe9.png";
    FILE* file = std::fopen(name.c_str(), "wb");
    QVERIFY(file != nullptr);
    const QByteArray png = encoded(twoHalves(20, 10), "PNG");
    std::fwrite(png.data(), 1, size_t(png.size()), file);
    std::fclose(file);
    const LoadedPicture picture = loadPicture(fileText(name));
    std::remove(name.c_str()); // which Qt can't
    QVERIFY2(picture.error.isEmpty(), qPrintable(picture.error));
    QCOMPARE(picture.title, QStringLiteral("caf?.png"));
    QCOMPARE(localFileText(fileUrl(fileText(name))), fileText(name));
}

void TestPictureFiles::urls()
{
    QCOMPARE(localFile("file:///tmp/a%20b%C3%A9.png"), std::string("/tmp/a b\xc3\xa9.png"));
    QCOMPARE(localFile("file:///tmp/caf%E9.png"), std::string("/tmp/caf\xe9.png"));
    QCOMPARE(localFile("file://localhost/x"), std::string("/x"));
    QCOMPARE(localFile("file:/x%23y"), std::string("/x#y"));
    QCOMPARE(localFile("file://elsewhere/x"), std::string());
    QCOMPARE(localFile("/tmp/100%25.png"), std::string());
    QCOMPARE(
        localFileText(QUrl(QStringLiteral("file:///tmp/caf%E9%20%25.png"))),
        fileText("/tmp/caf\xe9 %.png"));
    QCOMPARE(localFileText(fileUrl(fileText("/a #?%41\xe9"))), fileText("/a #?%41\xe9"));
    QVERIFY(localFileText(QUrl(QStringLiteral("https://example.org/x.png"))).isEmpty());
}

void TestPictureFiles::titlesAreTame()
{
    const QString name = QStringLiteral("/nowhere/a\x1B[31mb\nc\u202Egnp.jpg");
    const LoadedPicture picture = loadPicture(name);
    QVERIFY2(
        picture.error.startsWith(QStringLiteral("a?[31mb c?gnp.jpg was not found")),
        qPrintable(picture.error));
}

QTEST_MAIN(TestPictureFiles)
#include "test_picture_files.moc"
