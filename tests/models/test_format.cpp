#include "models/format.h"

#include <QtTest>

using namespace inceptoscope;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts_data();
    void counts();
    void times_data();
    void times();
    void bytes();
    void digits();
    void values();
    void shapes();
    void ops();
};

void TestFormat::counts_data()
{
    QTest::addColumn<quint64>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << quint64(0) << "0";
    QTest::newRow("small") << quint64(999) << "999";
    QTest::newRow("thousand") << quint64(1000) << "1.00\u00A0K";
    QTest::newRow("params") << quint64(110720) << "110.7\u00A0K";
    QTest::newRow("macs") << quint64(86704128) << "86.7\u00A0M";
    QTest::newRow("network") << quint64(1582671872) << "1.58\u00A0G";
    QTest::newRow("not 1000.0 K") << quint64(999960) << "1.00\u00A0M";
    QTest::newRow("ten") << quint64(9995000) << "10.0\u00A0M";
    QTest::newRow("largest") << ~quint64(0) << "18446744.1\u00A0T";
}

void TestFormat::counts()
{
    QFETCH(const quint64, value);
    QTEST(formatCount(value), "text");
}

void TestFormat::bytes()
{
    QCOMPARE(formatBytes(0), "0\u00A0B");
    QCOMPARE(formatBytes(999), "999\u00A0B");
    QCOMPARE(formatBytes(1023), "1023\u00A0B");
    QCOMPARE(formatBytes(1024), "1.00\u00A0KiB");
    QCOMPARE(formatBytes(443136), "432.8\u00A0KiB");
    QCOMPARE(formatBytes(1048575), "1.00\u00A0MiB"); // never "1024.0 KiB"
    QCOMPARE(formatBytes(22400000), "21.4\u00A0MiB");
    QCOMPARE(formatBytes(1843ULL << 20), "1.80\u00A0GiB");
}

void TestFormat::digits()
{
    QCOMPARE(formatDigits(0.4994), "0.499");
    QCOMPARE(formatDigits(7), "7.00");
    QCOMPARE(formatDigits(9.996), "10.0");
    QCOMPARE(formatDigits(189.8), "190");
    QCOMPARE(formatDigits(-2.83), "−2.83");
    QCOMPARE(formatDigits(-0.0001), "0.000");
}

void TestFormat::times_data()
{
    QTest::addColumn<double>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << -1.0 << "–";
    QTest::newRow("none") << 0.0 << "0\u00A0µs";
    QTest::newRow("micro") << 0.0861 << "86\u00A0µs";
    QTest::newRow("milli") << 1.842 << "1.84\u00A0ms";
    QTest::newRow("many") << 36.66 << "36.7\u00A0ms";
    QTest::newRow("seconds") << 1204.0 << "1.20\u00A0s";
}

void TestFormat::times()
{
    QFETCH(const double, milliseconds);
    QTEST(formatMilliseconds(milliseconds), "text");
}

void TestFormat::values()
{
    QCOMPARE(formatValue(0), "0");
    QCOMPARE(formatValue(-1.5), "−1.5");
    QCOMPARE(formatValue(123.456), "123.5");
    QCOMPARE(formatValue(std::nan("")), "NaN");
    QCOMPARE(formatPercent(0.1234), "12.3\u00A0%");
    QCOMPARE(formatPercent(std::nan("")), "NaN");
    QCOMPARE(formatNotFinite(0, 0), "");
    QCOMPARE(formatNotFinite(12, 0), "12 NaN");
    QCOMPARE(formatValue(-std::numeric_limits<double>::infinity()), "−∞");
    QCOMPARE(formatNotFinite(1, 3), "1 NaN, 3 infinite");
    QCOMPARE(formatMacs(86704128), "86.7\u00A0M\u00A0MACs");
    QCOMPARE(formatParams(110720), "110.7\u00A0K\u00A0params");
}

void TestFormat::shapes()
{
    QCOMPARE(formatShape({192, 28, 28}), "192 × 28×28");
    QCOMPARE(formatShape({1000, 1, 1}), "1000");
}

void TestFormat::ops()
{
    const Conv2d same{
        .outChannels = 8,
        .kernel = {3, 3},
        .stride = {},
        .padding = Padding::symmetric(1, 1),
        .batchNorm = {}};
    QCOMPARE(opTitle(same), "3×3 conv");
    QCOMPARE(opDetail(same), "");
    Conv2d strided = same;
    strided.kernel = {7, 7};
    strided.stride = {2, 2};
    strided.padding = Padding::symmetric(3, 3);
    QCOMPARE(opDetail(strided), "stride 2, pad 3");
    Conv2d valid = same;
    valid.padding = {};
    QCOMPARE(opDetail(valid), "no padding");
    Conv2d row = same;
    row.kernel = {1, 7};
    row.padding = Padding::symmetric(0, 3);
    QCOMPARE(opTitle(row), "1×7 conv");
    QCOMPARE(opDetail(row), "");
    const Pool2d pool{
        .kind = PoolKind::Max, .kernel = {3, 3}, .stride = {2, 2}, .padding = {}, .ceilMode = true};
    QCOMPARE(opTitle(pool), "3×3 max pool");
    QCOMPARE(opDetail(pool), "stride 2, no padding");
    QCOMPARE(opTitle(AdaptiveAvgPool2d{}), "Global average pool");
    QCOMPARE(opTitle(Add{.scale = 0.17F}), "x + 0.17 × residual");
    QCOMPARE(opTitle(Add{.scale = 0.1F}), "x + 0.10 × residual");
    QCOMPARE(opTitle(Add{}), "x + residual");
    QCOMPARE(opDetail(Add{}), "no ReLU");
    QCOMPARE(opDetail(Add{.activation = Activation::Relu}), "then ReLU");
    Conv2d depthwise = same;
    depthwise.groups = 8;
    QCOMPARE(opTitle(depthwise), "3×3 depthwise");
    Conv2d linear = same;
    linear.activation = Activation::None;
    QCOMPARE(opDetail(linear), "linear");
    QCOMPARE(withTimesSigns("7x7, 1xn, 35x35x288 of x"), "7×7, 1×n, 35×35×288 of x");
}

QTEST_GUILESS_MAIN(TestFormat)
#include "test_format.moc"
