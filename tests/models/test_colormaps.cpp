#include "models/colormaps.h"

#include <QtTest>

using namespace inceptoscope;

class TestColormaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreKnown();
    void unknownName();
    void endpoints_data();
    void endpoints();
    void luminanceRises_data();
    void luminanceRises();
    void divergingIsSymmetricInLuminance();
};

namespace {

double luminance(uint32_t colour)
{
    const auto linear = [](uint32_t byte) {
        const double v = double(byte) / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour & 0xFF) + 0.7152 * linear(colour >> 8 & 0xFF) +
           0.0722 * linear(colour >> 16 & 0xFF);
}

int distance(uint32_t a, uint32_t b)
{
    int most = 0;
    for (const uint32_t shift : {0U, 8U, 16U})
        most = std::max(most, std::abs(int(a >> shift & 0xFF) - int(b >> shift & 0xFF)));
    return most;
}

} // namespace

void TestColormaps::namesAreKnown()
{
    QCOMPARE(colormapNames().size(), size_t(4));
    for (const std::string_view name : colormapNames()) {
        const auto table = colormap(name);
        QVERIFY(table.has_value());
        for (const uint32_t colour : *table)
            QCOMPARE(colour >> 24, 0xFFU);
    }
    QVERIFY(isDivergingColormap("diverging"));
    QVERIFY(!isDivergingColormap("viridis"));
}

void TestColormaps::unknownName()
{
    QVERIFY(!colormap("jet").has_value());
    QVERIFY(!colormap("").has_value());
}

// The published tables' first, middle and last entries; the fits may be off by a few steps.
void TestColormaps::endpoints_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("entry");
    QTest::addColumn<uint>("colour");
    QTest::newRow("viridis 0") << "viridis" << 0 << 0xFF540144U;
    QTest::newRow("viridis 128") << "viridis" << 128 << 0xFF8C9021U;
    QTest::newRow("viridis 255") << "viridis" << 255 << 0xFF25E7FDU;
    QTest::newRow("magma 0") << "magma" << 0 << 0xFF040000U;
    QTest::newRow("magma 128") << "magma" << 128 << 0xFF7937B7U;
    QTest::newRow("magma 255") << "magma" << 255 << 0xFFBFFDFCU;
    QTest::newRow("grey 0") << "grey" << 0 << 0xFF000000U;
    QTest::newRow("grey 255") << "grey" << 255 << 0xFFFFFFFFU;
    QTest::newRow("diverging middle") << "diverging" << 128 << 0xFFF4F6F6U;
}

void TestColormaps::endpoints()
{
    QFETCH(const QString, name);
    QFETCH(const int, entry);
    QFETCH(const uint, colour);
    const uint32_t actual = colormap(name.toStdString()).value()[size_t(entry)];
    QVERIFY2(distance(actual, colour) <= 8, qPrintable(QString::number(actual, 16)));
}

void TestColormaps::luminanceRises_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("last");
    QTest::newRow("viridis") << "viridis" << 255;
    QTest::newRow("magma") << "magma" << 255;
    QTest::newRow("grey") << "grey" << 255;
    QTest::newRow("diverging, lower half") << "diverging" << 128;
}

void TestColormaps::luminanceRises()
{
    QFETCH(const QString, name);
    QFETCH(const int, last);
    const ColourTable table = colormap(name.toStdString()).value();
    for (size_t i = 1; i <= size_t(last); ++i)
        QVERIFY2(
            luminance(table[i]) >= luminance(table[i - 1]) - 0.002, qPrintable(QString::number(i)));
    QVERIFY(luminance(table[size_t(last)]) > luminance(table[0]) + 0.5);
}

void TestColormaps::divergingIsSymmetricInLuminance()
{
    const ColourTable table = colormap("diverging").value();
    for (size_t i = 128; i < 255; ++i)
        QVERIFY(luminance(table[i + 1]) <= luminance(table[i]) + 0.002);
    QVERIFY(std::abs(luminance(table[0]) - luminance(table[255])) < 0.05);
    // Below zero is blue, above is red.
    QVERIFY((table[0] >> 16 & 0xFF) > (table[0] & 0xFF));
    QVERIFY((table[255] & 0xFF) > (table[255] >> 16 & 0xFF));
}

QTEST_GUILESS_MAIN(TestColormaps)
#include "test_colormaps.moc"
