#include "shown_text.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace inceptoscope;

class TestShownText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void line_data();
    void line();
    void lines();
    void json();
    void cut();
};

void TestShownText::line_data()
{
    using S = std::string;
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    QTest::newRow("plain") << S("inception_4a/3x3") << S("inception_4a/3x3");
    QTest::newRow("letters") << S("na\xc3\xafve \xe6\x97\xa5 \xf0\x9f\x90\x88 \xd7\xa9")
                             << S("na\xc3\xafve \xe6\x97\xa5 \xf0\x9f\x90\x88 \xd7\xa9");
    QTest::newRow("escape") << S("\x1b]0;title\x07\x1b[2J") << S("?]0;title??[2J");
    QTest::newRow("zero, delete") << S("a\0b\x7f", 4) << S("a?b?");
    QTest::newRow("lines") << S("a\nb\xe2\x80\xa8"
                                "c\rd\te")
                           << S("a b c?d?e");
    QTest::newRow("C1") << S("a\xc2\x9b"
                             "31mb")
                        << S("a?31mb");
    QTest::newRow("overrides") << S("\xe2\x80\xae"
                                    "gpj\xe2\x80\xac\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xad")
                               << S("?gpj????");
    QTest::newRow("isolates") << S("\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9") << S("????");
    QTest::newRow("paragraph") << S("a\xe2\x80\xa9"
                                    "b")
                               << S("a?b");
    QTest::newRow("Latin-1") << S("caf\xe9.png") << S("caf?.png");
    QTest::newRow("surrogate") << S("\xed\xa0\x80") << S("???");
    QTest::newRow("cut character") << S("a\xe6\x97") << S("a??");
}

void TestShownText::line()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, expected);
    QCOMPARE(shownLine(text), expected);
}

void TestShownText::lines()
{
    QCOMPARE(shownLines("a\n\x1b[1mb\r\n"), std::string("a\n?[1mb?\n"));
}

void TestShownText::json()
{
    const nlohmann::json value = {
        {"image", "a\x1b\xc2\x9b\x7f\xe2\x80\xae\xe2\x81\xa6\nb\xc3\xa9"}};
    const std::string shown = shownJson(value.dump(2));
    QCOMPARE(nlohmann::json::parse(shown), value); // says the same
    for (const char c : shown)
        QVERIFY(c == '\n' || (uint8_t(c) >= 0x20 && c != '\x7f'));
    for (const char* raw : {"\xc2\x9b", "\xe2\x80\xae", "\xe2\x81\xa6"})
        QVERIFY(shown.find(raw) == std::string::npos);
    QVERIFY(shown.find("\xc3\xa9") != std::string::npos);
}

void TestShownText::cut()
{
    QCOMPARE(shown("abcdef", 4), std::string("abcd..."));
    QCOMPARE(shown("abc\xc3\xa9", 4), std::string("abc...")); // not within a character
    QCOMPARE(shown("abcd", 4), std::string("abcd"));
}

QTEST_GUILESS_MAIN(TestShownText)
#include "test_shown_text.moc"
