#include "models/messages/messages.h"

#include <QSignalSpy>
#include <QtTest>

using namespace inceptoscope;
using About = Messages::About;

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachMatterHasItsSentence();
    void aRemarkIsNoError();
    void dismissedIsForgotten();
    void nothingReachesTheScreenRaw();
};

void TestMessages::eachMatterHasItsSentence()
{
    Messages messages;
    QSignalSpy changed(&messages, &Messages::changed);
    messages.report(About::Engine, "weights: no such file");
    messages.report(About::Picture, "cat.png was not found.");
    QCOMPARE(changed.count(), 2);
    QVERIFY(messages.isError());
    // Always in the same order, whichever came first.
    QCOMPARE(messages.text(), "cat.png was not found.\nweights: no such file");
    messages.report(About::Engine, "weights: too short");
    QCOMPARE(messages.text(), "cat.png was not found.\nweights: too short");
    QCOMPARE(messages.reported(About::Engine), "weights: too short");
    messages.report(About::Picture, {});
    QCOMPARE(messages.text(), "weights: too short");
    messages.report(About::Engine, {});
    QVERIFY(messages.text().isEmpty() && !messages.isError());
}

void TestMessages::aRemarkIsNoError()
{
    Messages messages;
    messages.note("The weights are there now.");
    QCOMPARE(messages.text(), "The weights are there now.");
    QVERIFY(!messages.isError());
    messages.say({}); // nothing went wrong: nothing changes
    QCOMPARE(messages.text(), "The weights are there now.");
    messages.say("There is nothing to save yet.");
    QCOMPARE(messages.text(), "There is nothing to save yet.");
    QVERIFY(messages.isError());
}

void TestMessages::dismissedIsForgotten()
{
    Messages messages;
    messages.report(About::Download, "the server closed the connection");
    messages.dismiss();
    QVERIFY(messages.text().isEmpty() && !messages.isError());
    messages.report(About::Picture, "cat.png was not found.");
    QCOMPARE(messages.text(), "cat.png was not found.");
}

void TestMessages::nothingReachesTheScreenRaw()
{
    Messages messages;
    for (const QString& text : {QStringLiteral("a\x1b[2Jb"), QStringLiteral("a\u202Eb")}) {
        messages.say(text);
        QVERIFY(!messages.text().contains(QChar(0x1b)));
        QVERIFY(!messages.text().contains(QChar(0x202E)));
        QVERIFY(messages.text().startsWith(u'a') && messages.text().endsWith(u'b'));
    }
}

QTEST_GUILESS_MAIN(TestMessages)
#include "test_messages.moc"
