#include "graph/half_float.h"
#include "support/test_main.h"

#include <bit>
#include <cmath>
#include <limits>

using namespace inceptoscope;

class TestHalfFloat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHalf();
    void roundsToNearest();
    void outOfRange();
};

void TestHalfFloat::everyHalf()
{
    for (uint32_t bits = 0; bits < 0x10000; ++bits) {
        const int exponent = int(bits >> 10 & 31U);
        const auto mantissa = double(bits & 1023U);
        const double sign = bits >> 15 != 0 ? -1.0 : 1.0;
        const float value = halfToFloat(uint16_t(bits));
        if (exponent == 31 && mantissa != 0) {
            QVERIFY(std::isnan(value));
            QCOMPARE(std::bit_cast<uint32_t>(value) & 0x7fffffU, (bits & 1023U) << 13);
            QVERIFY(std::isnan(halfToFloat(floatToHalf(value))));
            continue;
        }
        const double expected = exponent == 31  ? INFINITY
                                : exponent == 0 ? std::ldexp(mantissa, -24)
                                                : std::ldexp(1024 + mantissa, exponent - 25);
        QVERIFY2(double(value) == sign * expected, qPrintable(QString::number(bits, 16)));
        QCOMPARE(std::signbit(value), sign < 0);
        QCOMPARE(uint32_t(floatToHalf(value)), bits);
    }
}

/// Between each half and the next: the middle goes to the even one, all else to the nearer.
void TestHalfFloat::roundsToNearest()
{
    constexpr float beyond = std::numeric_limits<float>::max();
    for (uint32_t bits = 0; bits < 0x7c00; ++bits) {
        const float low = halfToFloat(uint16_t(bits));
        const float high = bits == 0x7bff ? 65536.0F : halfToFloat(uint16_t(bits + 1));
        const float middle = (low + high) / 2;
        QCOMPARE(uint32_t(floatToHalf(middle)), bits + (bits & 1U));
        QCOMPARE(uint32_t(floatToHalf(std::nextafter(middle, 0.0F))), bits);
        QCOMPARE(uint32_t(floatToHalf(std::nextafter(middle, beyond))), bits + 1);
        QCOMPARE(uint32_t(floatToHalf(-middle)), 0x8000U + bits + (bits & 1U));
    }
}

void TestHalfFloat::outOfRange()
{
    constexpr float most = std::numeric_limits<float>::max();
    constexpr float infinity = std::numeric_limits<float>::infinity();
    QCOMPARE(floatToHalf(65519.0F), uint16_t(0x7bff));
    for (const float value : {65520.0F, 65536.0F, 1e6F, most, infinity}) {
        QCOMPARE(floatToHalf(value), uint16_t(0x7c00));
        QCOMPARE(floatToHalf(-value), uint16_t(0xfc00));
    }
    QCOMPARE(floatToHalf(std::numeric_limits<float>::denorm_min()), uint16_t(0));
}

INCEPTOSCOPE_TEST_MAIN(TestHalfFloat)
#include "test_half_float.moc"
