#include "charts/example_charts.h"
#include "charts/export.h"

#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

using namespace inceptoscope;

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ticksAreNice_data();
    void ticksAreNice();
    void shortNumbers();
    void scales();
    void frontHasOnlyTheBest();
    void textsDontOverlap_data();
    void textsDontOverlap();
    void everythingIsInside_data() { textsDontOverlap_data(); }
    void everythingIsInside();
    void smallOnesStayLegible_data();
    void smallOnesStayLegible();
    void nothingIsLeftOutFromNeededHeight_data();
    void nothingIsLeftOutFromNeededHeight();
    void fewTicksStillMakeAScale();
    void spreadsAreTold();
    void hitFindsEveryDatum_data() { textsDontOverlap_data(); }
    void hitFindsEveryDatum();
    void icicleCellsAreTheirShare();
    void icicleNamesStayWhole();
    void bubblesAreAreas();
    void roofsAreWhereTheySay();
    void selectionShows();
    void svgIsWellFormed_data() { textsDontOverlap_data(); }
    void svgIsWellFormed();
    void pngShowsInk();
    void savesByEnding();
    void paletteIsTheWindows();

private:
    static ChartView view(QSizeF size, bool dark = true)
    {
        const double unit = size.height() > 900 ? 1.3 : 1.0;
        return {.size = size, .theme = chartTheme(dark, unit), .selected = {}};
    }
    static QString overlap(const Drawing& drawing)
    {
        const std::vector<DrawnText> texts = drawing.texts();
        for (size_t i = 0; i < texts.size(); ++i)
            for (size_t j = 0; j < i; ++j)
                if (texts[i]
                        .box.adjusted(1, 2, -1, -2)
                        .intersects(texts[j].box.adjusted(1, 2, -1, -2)))
                    return texts[i].text + " over " + texts[j].text;
        return {};
    }
    static QSet<QString> textsOf(const Drawing& drawing)
    {
        QSet<QString> all;
        for (const DrawnText& text : drawing.texts())
            all.insert(text.text);
        return all;
    }
    static Chart chartOf(const QString& kind)
    {
        if (kind == "bars")
            return exampleBars();
        if (kind == "scatter")
            return exampleScatter();
        if (kind == "icicle")
            return exampleIcicle();
        return exampleRoofline();
    }
};

void TestCharts::ticksAreNice_data()
{
    QTest::addColumn<bool>("log");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<int>("most");
    QTest::addColumn<QStringList>("labels");
    QTest::newRow("to 49") << false << 0.0 << 49.0 << 6
                           << QStringList{"0", "10", "20", "30", "40", "50"};
    QTest::newRow("giga") << false << 0.0 << 1.58e9 << 4
                          << QStringList{"0", "500\u00A0M", "1\u00A0G", "1.5\u00A0G", "2\u00A0G"};
    QTest::newRow("nothing") << false << 0.0 << 0.0 << 5
                             << QStringList{"0", "0.2", "0.4", "0.6", "0.8", "1"};
    QTest::newRow("log") << true << 1.5 << 60.0 << 12
                         << QStringList{"1", "2", "5", "10", "20", "50", "100"};
    QTest::newRow("decades") << true << 0.02 << 900.0 << 7
                             << QStringList{"0.1", "1", "10", "100", "1\u00A0K"};
}

void TestCharts::ticksAreNice()
{
    QFETCH(const bool, log);
    QFETCH(const double, low);
    QFETCH(const double, high);
    QFETCH(const int, most);
    const Ticks ticks = ticksFor({.title = {}, .unit = {}, .log = log}, low, high, most);
    QTEST(ticks.labels, "labels");
    QCOMPARE(size_t(ticks.labels.size()), ticks.at.size());
    QVERIFY(ticks.low <= low && ticks.high >= high);
}

void TestCharts::shortNumbers()
{
    QCOMPARE(shortNumber(0), "0");
    QCOMPARE(shortNumber(0.05), "0.05");
    QCOMPARE(shortNumber(999), "999");
    QCOMPARE(shortNumber(1582671872.0), "1.58\u00A0G");
    QCOMPARE(shortNumber(999999), "1\u00A0M");
}

void TestCharts::scales()
{
    const AxisScale linear{.low = 0, .high = 10, .from = 100, .to = 200};
    QCOMPARE(linear(5), 150.0);
    const AxisScale log{.low = 1, .high = 100, .from = 0, .to = 100, .log = true};
    QCOMPARE(log(10), 50.0);
}

void TestCharts::frontHasOnlyTheBest()
{
    const auto point = [](double x, double y) {
        ScatterPoint p;
        p.x = x;
        p.y = y;
        return p;
    };
    // 1 is beaten by 0 (less x, more y), 3 by 2 (same x), 5 equals 4's y with more x.
    const std::vector<ScatterPoint> points = {point(1, 5), point(2, 4), point(3, 7),
                                              point(3, 6), point(9, 9), point(10, 9)};
    QCOMPARE(paretoFront(points), (std::vector<int>{0, 2, 4}));
    QVERIFY(paretoFront({}).empty());
}

void TestCharts::textsDontOverlap_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QSizeF>("size");
    for (const char* kind : {"bars", "scatter", "icicle", "roofline"})
        for (const QSizeF size : {QSizeF(600, 560), QSizeF(1240, 640), QSizeF(1860, 930)})
            QTest::newRow(qPrintable(
                QStringLiteral("%1 %2x%3").arg(kind).arg(size.width()).arg(size.height())))
                << QString(kind) << size;
}

void TestCharts::textsDontOverlap()
{
    QFETCH(const QString, kind);
    QFETCH(const QSizeF, size);
    const Drawing drawing = layOut(chartOf(kind), view(size));
    QVERIFY(drawing.texts().size() > 5);
    const QString found = overlap(drawing);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    if (kind == "scatter") // every version has its name
        for (const ScatterPoint& p : exampleScatter().points)
            QVERIFY2(textsOf(drawing).contains(p.label), qPrintable(p.label));
}

void TestCharts::everythingIsInside()
{
    QFETCH(const QString, kind);
    QFETCH(const QSizeF, size);
    const Drawing drawing = layOut(chartOf(kind), view(size));
    const QRectF room({0, 0}, size);
    for (const DrawnText& text : drawing.texts())
        QVERIFY2(room.contains(text.box), qPrintable(text.text));
    for (const Target& target : drawing.targets)
        QVERIFY(room.contains(target.area.center()));
}

void TestCharts::smallOnesStayLegible_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("unit");
    for (const char* kind : {"bars", "scatter", "icicle", "roofline"})
        for (const QSizeF size :
             {QSizeF(1200, 190), QSizeF(776, 260), QSizeF(400, 300), QSizeF(263, 240),
              QSizeF(300, 110), QSizeF(150, 90), QSizeF(90, 400), QSizeF(40, 20)})
            for (const double unit : {1.0, 1.3, 1.9})
                QTest::addRow("%s %gx%g at %g", kind, size.width(), size.height(), unit)
                    << QString(kind) << size << unit;
}

void TestCharts::smallOnesStayLegible()
{
    QFETCH(const QString, kind);
    QFETCH(const QSizeF, size);
    QFETCH(const double, unit);
    const Drawing drawing =
        layOut(chartOf(kind), {.size = size, .theme = chartTheme(true, unit), .selected = {}});
    const QString found = overlap(drawing);
    QVERIFY2(found.isEmpty(), qPrintable(found));
    const QRectF room({0, 0}, size);
    for (const DrawnText& text : drawing.texts())
        QVERIFY2(room.contains(text.box), qPrintable(text.text));
    for (const Target& target : drawing.targets)
        QVERIFY(room.contains(target.area.center()));
    // A chart, or a sentence in its place.
    if (drawing.targets.empty()) {
        QVERIFY2(size.height() < 200 || size.width() < 300, "there was room for it");
        QVERIFY(drawing.texts().empty() || drawing.texts().front().text.startsWith("No"));
        return;
    }
    const auto y = [&](int index) { return drawing.areaOf(index).center().y(); };
    if (kind == "scatter") // 80.2 % above 69.8 %
        QVERIFY(y(6) < y(0));
    if (kind == "roofline") // 49 GFLOP/s above 10
        QVERIFY(y(39) < y(0));
    if (kind == "bars" || kind == "icicle") { // the first is at the top
        QVERIFY(y(6) > y(1));
        for (const Target& target : drawing.targets)
            QVERIFY(target.area.height() > 0);
    }
}

void TestCharts::nothingIsLeftOutFromNeededHeight_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<double>("unit");
    for (const char* kind : {"bars", "scatter", "icicle", "roofline"})
        for (const double unit : {1.0, 1.9})
            QTest::addRow("%s at %g", kind, unit) << QString(kind) << unit;
}

void TestCharts::nothingIsLeftOutFromNeededHeight()
{
    QFETCH(const QString, kind);
    QFETCH(const double, unit);
    const ChartTheme theme = chartTheme(false, unit);
    const double width = 700 * unit;
    const Chart chart = chartOf(kind);
    const QSizeF size(width, neededHeight(chart, theme, width));
    const Drawing drawing = layOut(chart, {.size = size, .theme = theme, .selected = {}});
    const QSet<QString> texts = textsOf(drawing);
    const QStringList wanted = kind == "bars"      ? QStringList{"counted", "measured"}
                               : kind == "scatter" ? QStringList{"single crop"}
                                                   : QStringList{"1×1 conv", "3×3 conv"};
    for (const QString& text : wanted)
        QVERIFY2(texts.contains(text), qPrintable(text));
    if (kind == "bars") // every row has its name
        for (const Bar& bar : exampleBars().bars)
            QVERIFY2(texts.contains(bar.label), qPrintable(bar.label));
}

void TestCharts::fewTicksStillMakeAScale()
{
    // Only one whole decade is in it.
    const Ticks ticks = ticksFor({.title = {}, .unit = {}, .log = true}, 2.5, 45, 2);
    QCOMPARE(ticks.labels, (QStringList{"2", "50"}));
}

/// What stands at the end of a spread would be taken for the value there.
void TestCharts::spreadsAreTold()
{
    BarChart chart{.axis = {.title = "time"}, .series = {{"", markOf(1)}}, .bars = {}};
    chart.bars.push_back(
        {.label = "v1",
         .values = {{.value = 5, .text = "5 ms", .low = 4, .high = 9, .spread = "4 ms to 9 ms"}}});
    const QSet<QString> wide = textsOf(layOut(chart, view({700, 300})));
    QVERIFY(wide.contains("5 ms (4 ms to 9 ms)"));
    // Where there is no room for it, the value alone.
    const QSet<QString> narrow = textsOf(layOut(chart, view({260, 300})));
    QVERIFY(narrow.contains("5 ms"));
}

void TestCharts::hitFindsEveryDatum()
{
    QFETCH(const QString, kind);
    QFETCH(const QSizeF, size);
    const Chart chart = chartOf(kind);
    const Drawing drawing = layOut(chart, view(size));
    for (const Target& target : drawing.targets)
        QCOMPARE(drawing.hit(target.area.center()), target.index);
    QCOMPARE(drawing.hit({-5, -5}), -1);
    QCOMPARE(drawing.hit({1, 1}), -1);
    QVERIFY(!tipOf(chart, drawing.targets.front().index).isEmpty());
    QVERIFY(tipOf(chart, -1).isEmpty());
    QVERIFY(tipOf(chart, countOf(chart)).isEmpty());
}

void TestCharts::icicleCellsAreTheirShare()
{
    const Drawing drawing = layOut(exampleIcicle(), view({600, 500}));
    QVERIFY(drawing.areaOf(0).isEmpty()); // the whole isn't drawn
    const double whole =
        drawing.areaOf(1).height() + drawing.areaOf(4).height() + drawing.areaOf(6).height();
    QVERIFY(std::abs(drawing.areaOf(1).height() / whole - 0.6) < 1e-9);
    QVERIFY(std::abs(drawing.areaOf(2).height() / whole - 0.4) < 1e-9);
    QCOMPARE(drawing.areaOf(2).top(), drawing.areaOf(1).top());
    QCOMPARE(drawing.areaOf(3).bottom(), drawing.areaOf(1).bottom());
    QCOMPARE(drawing.areaOf(5).top(), drawing.areaOf(4).top());
    QCOMPARE(drawing.areaOf(2).left(), drawing.areaOf(1).right());
}

/// In a narrow chart a name gets smaller letters before it loses some.
void TestCharts::icicleNamesStayWhole()
{
    const auto named = [](double width) {
        ChartView narrow = view({width, 500});
        narrow.theme = chartTheme(true, 1.4);
        for (const DrawnItem& item : layOut(exampleIcicle(), narrow).items)
            if (const auto* text = std::get_if<DrawnText>(&item);
                text && text->text.startsWith("Inc"))
                return *text;
        return DrawnText{};
    };
    double width = 400;
    const int usual = named(width).font.pixelSize();
    QCOMPARE(usual, 17);
    while (named(width).font.pixelSize() == usual)
        width -= 2;
    QCOMPARE(named(width).text, "Inception");
    while (named(width).text == "Inception") {
        QVERIFY(named(width).font.pixelSize() >= 12);
        width -= 2;
    }
    QVERIFY(named(width).text.isEmpty() || named(width).text.endsWith("…"));
    QVERIFY(width < 210);
}

void TestCharts::bubblesAreAreas()
{
    Scatter chart = exampleScatter();
    chart.points.resize(2);
    chart.points[0].size = 10;
    chart.points[1].size = 40;
    std::vector<double> radii;
    for (const DrawnItem& item : layOut(chart, view({800, 600})).items)
        if (const auto* marker = std::get_if<DrawnMarker>(&item))
            radii.push_back(marker->radius);
    QCOMPARE(radii.size(), size_t(2));
    QVERIFY(std::abs(std::max(radii[0], radii[1]) / std::min(radii[0], radii[1]) - 2) < 1e-9);
}

void TestCharts::roofsAreWhereTheySay()
{
    // A dot on the corner of both roofs lies where their lines meet.
    Roofline chart = exampleRoofline();
    chart.roofs.resize(2);
    chart.dots = {{.label = "corner", .intensity = 6, .gflops = 72, .weight = 0, .kind = 0}};
    const Drawing drawing = layOut(chart, view({900, 700}));
    const QPointF corner = drawing.areaOf(0).center();
    int ends = 0;
    for (const DrawnItem& item : drawing.items)
        if (const auto* line = std::get_if<DrawnLine>(&item))
            for (const QPointF& point : line->points)
                ends += QLineF(point, corner).length() < 0.01 ? 1 : 0;
    QCOMPARE(ends, 2);
}

void TestCharts::selectionShows()
{
    for (const char* kind : {"bars", "scatter", "icicle", "roofline"}) {
        ChartView chosen = view({800, 600});
        chosen.selected = {2};
        const QImage plain = toImage(layOut(chartOf(kind), view({800, 600})), 1);
        const QImage marked = toImage(layOut(chartOf(kind), chosen), 1);
        QVERIFY2(plain != marked, kind);
    }
}

void TestCharts::svgIsWellFormed()
{
    QFETCH(const QString, kind);
    QFETCH(const QSizeF, size);
    const Drawing drawing = layOut(chartOf(kind), view(size, false));
    QXmlStreamReader xml(toSvg(drawing, "A <chart> & more"));
    QSet<QString> written;
    QSizeF box;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"svg") {
            const QStringList sides = xml.attributes().value("viewBox").toString().split(' ');
            box = {sides.value(2).toDouble(), sides.value(3).toDouble()};
        } else if (xml.name() == u"text") {
            written.insert(xml.readElementText().trimmed());
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(box, size);
    for (const QString& text : textsOf(drawing))
        QVERIFY2(written.contains(text.trimmed()), qPrintable(text));
}

void TestCharts::pngShowsInk()
{
    const Drawing drawing = layOut(exampleScatter(), view({800, 600}, false));
    const QImage image = toImage(drawing, 2);
    QCOMPARE(image.size(), QSize(1600, 1200));
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    QVERIFY(colours.size() > 20);
}

void TestCharts::savesByEnding()
{
    const QTemporaryDir folder;
    const Drawing drawing = layOut(exampleBars(), view({800, 600}));
    QCOMPARE(saveDrawing(drawing, folder.filePath("a.svg"), "a"), QString());
    QCOMPARE(saveDrawing(drawing, folder.filePath("a.PNG"), "a"), QString());
    QCOMPARE(saveDrawing(drawing, folder.filePath("a.pdf"), "a"), QString());
    QFile pdf(folder.filePath("a.pdf"));
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    QVERIFY(pdf.read(8).startsWith("%PDF-1."));
    // One page of the drawing's size, in points of 1/72 inch, its texts as text.
    const QByteArray rest = pdf.readAll();
    const auto found = QRegularExpression("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]")
                           .match(QString::fromLatin1(rest));
    QCOMPARE(found.captured(1).toDouble(), drawing.size.width() * 0.75);
    QCOMPARE(found.captured(2).toDouble(), drawing.size.height() * 0.75);
    QVERIFY(rest.contains("/Type /Font"));
    QCOMPARE(QImage(folder.filePath("a.PNG")).size(), QSize(1600, 1200));
    QVERIFY(QFileInfo(folder.filePath("a.svg")).size() > 1000);
    QVERIFY(saveDrawing(drawing, folder.filePath("a.gif"), "a").contains(".svg, .pdf or .png"));
    QVERIFY(!saveDrawing(drawing, folder.filePath("no/a.svg"), "a").isEmpty());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 3);
}

void TestCharts::paletteIsTheWindows()
{
    for (const bool dark : {true, false}) {
        const ChartTheme theme = chartTheme(dark);
        QCOMPARE(theme.palette.size(), size_t(paletteNames(dark).size()));
        QCOMPARE(theme.color(9), theme.color(1));
        // Seen on their background: a contrast of 3 at least (WCAG 1.4.11), for marks and edges.
        const auto luminance = [](const QColor& c) {
            const auto linear = [](double v) {
                return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
            };
            return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) +
                   0.0722 * linear(c.blueF());
        };
        const double back = luminance(theme.background);
        for (const QColor& c : theme.palette) {
            const double ink = luminance(c);
            const double ratio = (std::max(back, ink) + 0.05) / (std::min(back, ink) + 0.05);
            QVERIFY2(ratio > 2.7, qPrintable(c.name() + QString::number(ratio)));
        }
    }
}

QTEST_MAIN(TestCharts)
#include "test_charts.moc"
