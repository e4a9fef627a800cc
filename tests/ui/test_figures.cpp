// What is saved of ops, of two versions and of two modules: in every format, with what it says.
#include "models/save/save_content.h"
#include "ui/window_fixture.h"

#include <QXmlStreamReader>
#include <QtTest>

using namespace inceptoscope;

class TestFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }
    void init();
    void drawnToo_data();
    void drawnToo();
    void mapsKeepTheirPixels();

private:
    AppModel& app() { return m_fixture->app(); }
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestFigures::init()
{
    app().stage()->closeOp();
    m_fixture->show("inception_3a");
}

void TestFigures::drawnToo_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QStringList>("says");
    QTest::addColumn<int>("pictures");
    QTest::newRow("all maps") << "op" << QStringList{"1×1 conv", "inception_3a/", "64 × 28×28"}
                              << 1;
    QTest::newRow("values") << "scores" << QStringList{"Softmax", "and 960 more"} << 0;
    QTest::newRow("two versions")
        << "versions"
        << QStringList{"What changed from Inception v3 to Inception v4", "Params", "Inception 1", "Reduction 1", "Head"}
        << 0;
    // Nothing is measured here: boxes without maps.
    QTest::newRow("two modules") << "modules"
                                 << QStringList{"MACs",   "Activations", "303,464,448",
                                                "−175.4", "Difference",  "Filter concatenation"}
                                 << 0;
}

/// What was a picture of the screen once: text as text, boxes and bars as shapes.
void TestFigures::drawnToo()
{
    QFETCH(const QString, what);
    QFETCH(const QStringList, says);
    QFETCH(const int, pictures);
    if (what == "op")
        app().stage()->openOp(app().stage()->ops().front()->node());
    if (what == "scores") {
        for (const Module& module : app().network()->graph.modules())
            if (module.kind == ModuleKind::Head)
                m_fixture->show(module.name);
        for (OpItem* op : app().stage()->ops())
            if (op->title() == "Softmax")
                app().stage()->openOp(op->node());
        QVERIFY(app().stage()->opened());
    }
    const auto content = [&](const char* suffix) {
        const QVariant made =
            what == "versions"  ? app().versions()->differenceContent(suffix, 2, true)
            : what == "modules" ? app().pair()->content(suffix, 2)
                                : app().figure()->opContent(app().stage()->opened(), suffix, 2);
        return made.value<SaveContent>().bytes();
    };
    const QByteArray svg = content("svg");
    QXmlStreamReader xml(svg);
    QString written;
    int found = 0;
    int shapes = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        found += xml.name() == u"image" ? 1 : 0;
        shapes +=
            xml.name() == u"path" || xml.name() == u"rect" || xml.name() == u"polyline" ? 1 : 0;
        if (xml.name() == u"text")
            written += xml.readElementText() + u'\n';
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(found, pictures);
    QVERIFY(shapes > 0);
    for (const QString& text : says)
        QVERIFY2(written.contains(text), qPrintable(text + " in " + written.left(2000)));
    const QByteArray pdf = content("pdf");
    QVERIFY(pdf.startsWith("%PDF-1.") && pdf.contains("/FontFile"));
    QVERIFY(!pdf.contains("/DCTDecode")); // a JPEG would be other values
    QVERIFY(QImage::fromData(content("png")).width() >= 2 * 900);
}

/// Each value of a map is a square of whole pixels, and has its own colour in the file.
void TestFigures::mapsKeepTheirPixels()
{
    OpItem* op = app().stage()->ops().front();
    const auto bytes = [&](const char* suffix, int scale) {
        return app().figure()->opContent(op, suffix, scale).value<SaveContent>().bytes();
    };
    const OpPicture& maps = *op->picture();
    const QByteArray svg = bytes("svg", 1);
    const auto from = svg.indexOf("base64,") + 7;
    const QImage inside =
        QImage::fromData(QByteArray::fromBase64(svg.mid(from, svg.indexOf('"', from) - from)));
    QVERIFY(!inside.isNull());
    // The first map, pixel by pixel, at its own resolution.
    QCOMPARE(
        inside.copy(0, 0, maps.tile.width(), maps.tile.height())
            .convertToFormat(QImage::Format_RGB32),
        maps.atlas.copy(0, 0, maps.tile.width(), maps.tile.height())
            .convertToFormat(QImage::Format_RGB32));
    QVERIFY(!svg.contains("optimizeQuality")); // which would blur them
    const QImage png = QImage::fromData(bytes("png", 1));
    QCOMPARE(png.size(), app().figure()->opSize(op));
    const int factor = (png.height() - 2 * 36 - 96) / inside.height();
    QVERIFY(factor >= 1);
    const QPoint origin((png.width() - inside.width() * factor) / 2, 36 + 96);
    for (int y = 0; y < 28; y += 9)
        for (int x = 0; x < 28; x += 5) {
            const QColor value = maps.atlas.pixelColor(x, y);
            const QPoint at = origin + QPoint(x, y) * factor;
            QCOMPARE(png.pixelColor(at), value);
            QCOMPARE(png.pixelColor(at + QPoint(factor - 1, factor - 1)), value);
        }
}

QTEST_MAIN(TestFigures)
#include "test_figures.moc"
