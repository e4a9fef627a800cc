#include "ascii.h"
#include "support/test_main.h"

#include <clocale>
#include <cmath>
#include <limits>

using namespace inceptoscope;

class TestAscii : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letters();
    void numbersAsPrintfHasThem();
};

void TestAscii::letters()
{
    QCOMPARE(ascii::lower("INCEPTION_V3/Mixed_5b"), std::string("inception_v3/mixed_5b"));
    QCOMPARE(ascii::lower("\xc4\xb0\xc4\xb1"), std::string("\xc4\xb0\xc4\xb1")); // İı
    QCOMPARE(ascii::upper('i'), 'I');
    QCOMPARE(ascii::lower('I'), 'i');
    for (const char c : {'@', '[', '`', '{', '_', '\x80', '\xff'}) {
        QCOMPARE(ascii::lower(c), c);
        QCOMPARE(ascii::upper(c), c);
    }
    QVERIFY(ascii::isDigit('0') && ascii::isDigit('9'));
    QVERIFY(!ascii::isDigit('/') && !ascii::isDigit(':') && !ascii::isDigit('\xb2'));
}

void TestAscii::numbersAsPrintfHasThem()
{
    QCOMPARE(std::localeconv()->decimal_point, "."); // this test's own
    for (const double value :
         {0.0, -0.0, 0.5, 1.5, 2.5, 99.995, 1e-7, -123456.789, 1e300,
          std::numeric_limits<double>::max(), std::nan(""),
          std::numeric_limits<double>::infinity()})
        for (const int precision : {0, 1, 2, 5, 9}) {
            char text[400];
            std::snprintf(text, sizeof text, "%.*f", precision, value);
            QCOMPARE(ascii::fixed(value, precision), std::string(text));
            std::snprintf(text, sizeof text, "%.*g", precision, value);
            QCOMPARE(ascii::general(value, precision), std::string(text));
        }
}

INCEPTOSCOPE_TEST_MAIN(TestAscii)
#include "test_ascii.moc"
