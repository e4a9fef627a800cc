#include "address/address.h"
#include "models/address/history.h"
#include "models/picture/samples.h"
#include "zoo/network.h"

#include <QtTest>

using namespace inceptoscope;

class TestAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void roundTrips_data();
    void roundTrips();
    void hostile_data();
    void hostile();
    void hugeAddressesAreRefusedAtOnce();
    void objections_data();
    void objections();
    void whatIsLeftOpenIsAsItWas();
    void pictures();
    void history();
    void historyForgetsTheOldest();
};

void TestAddress::reads()
{
    QVERIFY(looksLikeAddress("inceptoscope:"));
    QVERIFY(looksLikeAddress("InceptoScope:view=costs"));
    QVERIFY(!looksLikeAddress("picture.png"));
    QCOMPARE(readAddress("inceptoscope:").problem, "");
    QCOMPARE(readAddress("inceptoscope:").address, Address());
    const AddressRead read = readAddress(
        "inceptoscope:network=inception_v3&view=costs&tab=2&module=Mixed_5b&op=Mixed_5b.branch1x1"
        "&channel=63&picture=/tmp/a%20cat.png&weights=synthetic:7");
    QCOMPARE(read.problem, "");
    const Address wanted{
        .network = "inception_v3",
        .picture = "/tmp/a cat.png",
        .weights = "synthetic:7",
        .view = "costs",
        .module = "Mixed_5b",
        .op = "Mixed_5b.branch1x1",
        .channel = 63,
        .tab = 2};
    QCOMPARE(read.address, wanted);
}

void TestAddress::roundTrips_data()
{
    QTest::addColumn<QString>("picture");
    QTest::newRow("spaces") << "/home/me/my pictures/cat & dog=1%.png";
    QTest::newRow("letters") << QString::fromUtf8(
        "/tmp/K\xC3\xA4tzchen \xE7\x8C\xAB \xF0\x9F\x90\xB1.png");
    QTest::newRow("no UTF-8") << QString("/tmp/") + QChar(0xDCFF) + ".png"; // as fileText() has it
    QTest::newRow("plus") << "/tmp/a+b#c?d.png";
}

void TestAddress::roundTrips()
{
    QFETCH(const QString, picture);
    const Address address{
        .network = "googlenet", .picture = picture, .view = "modules", .module = "inception_3a"};
    const QString text = addressText(address);
    for (const QChar c : text)
        QVERIFY(c.unicode() > 0x20 && c.unicode() < 0x7f);
    const AddressRead read = readAddress(text);
    QCOMPARE(read.problem, "");
    QCOMPARE(read.address, address);
}

void TestAddress::hostile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const QString& text, const QString& problem) {
        QTest::newRow(name) << text << "address: " + problem;
    };
    const QString parts =
        "network, picture, weights, view, tab, module, op, channel, why, class, dream, experiment, "
        "set";
    QString networks;
    for (const std::string& id : networkIds())
        networks += (networks.isEmpty() ? "" : ", ") + QString::fromStdString(id);
    row("another scheme", "https:network=googlenet",
        "\"https:network=googlenet\" doesn't begin with inceptoscope:");
    row("unknown part", "inceptoscope:colour=red",
        "\"colour\" is none of its parts, which are " + parts);
    row("no value", "inceptoscope:network=", "network has no value");
    row("no key", "inceptoscope:=googlenet", "\"=googlenet\" is not of the form KEY=VALUE");
    row("only a word", "inceptoscope:googlenet", "\"googlenet\" is not of the form KEY=VALUE");
    row("empty part", "inceptoscope:view=costs&", "\"\" is not of the form KEY=VALUE");
    row("twice", "inceptoscope:view=costs&view=modules", "view stands there twice");
    row("number twice", "inceptoscope:view=costs&tab=1&tab=1", "tab stands there twice");
    row("network", "inceptoscope:network=alexnet",
        "network \"alexnet\" doesn't exist; the networks are: " + networks);
    row("view", "inceptoscope:view=kitchen",
        "view \"kitchen\" doesn't exist; the views are: modules, costs, versions, laboratory, "
        "lessons");
    row("tab alone", "inceptoscope:tab=1", "tab 1 needs the view that it is of");
    row("tab", "inceptoscope:view=costs&tab=3", "view costs has no tab 3");
    row("tab of none", "inceptoscope:view=modules&tab=0", "view modules has no tab 0");
    row("op alone", "inceptoscope:op=conv1", "op \"conv1\" needs the module that it is in");
    row("channel alone", "inceptoscope:channel=4", "channel 4 needs the module that it is in");
    row("class alone", "inceptoscope:class=4", "class 4 needs the method (why) that is asked");
    row("method", "inceptoscope:why=guessing",
        "why \"guessing\" is none of the methods, which are cam, grad-cam, saliency, "
        "integrated-gradients, occlusion");
    row("dream", "inceptoscope:module=conv1&dream=0", "dream 0 is no number of sizes from 1 to 6");
    row("dream of a channel", "inceptoscope:module=conv1&channel=2&dream=4",
        "dream is the whole module's: it goes with no why, op or channel");
    row("negative", "inceptoscope:module=conv1&channel=-1",
        "channel \"-1\" is no number from 0 to 1048575");
    row("overflow", "inceptoscope:module=conv1&channel=99999999999999999999",
        "channel \"99999999999999999999\" is no number from 0 to 1048575");
    row("hexadecimal", "inceptoscope:module=conv1&channel=0x10",
        "channel \"0x10\" is no number from 0 to 1048575");
    row("percent", "inceptoscope:module=a%2",
        "module \"a%2\" has a % that two hexadecimal digits don't follow");
    row("percent letters", "inceptoscope:module=a%zz",
        "module \"a%zz\" has a % that two hexadecimal digits don't follow");
    row("zero byte", "inceptoscope:picture=a%00b", "picture \"a%00b\" holds a control character");
    row("escape", "inceptoscope:module=%1b[31m", "module \"%1b[31m\" holds a control character");
    row("raw escape", "inceptoscope:module=a\x1b[31m",
        "module \"a?[31m\" holds a control character");
    row("no UTF-8", "inceptoscope:module=%ff%fe", "module \"%ff%fe\" is no UTF-8");
    row("two slashes", "inceptoscope://network=googlenet",
        "\"//network\" is none of its parts, which are " + parts);
}

void TestAddress::hostile()
{
    QFETCH(const QString, text);
    QFETCH(const QString, problem);
    const AddressRead read = readAddress(text);
    QCOMPARE(read.problem, problem);
    QCOMPARE(read.address, Address()); // nothing of it counts
}

void TestAddress::hugeAddressesAreRefusedAtOnce()
{
    const QString huge = "inceptoscope:module=" + QString(50'000'000, u'a');
    QElapsedTimer timer;
    timer.start();
    const QString problem = readAddress(huge).problem;
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(problem.endsWith("has 50000020 characters, more than 16384"), qPrintable(problem));
    QVERIFY(problem.size() < 200);
}

void TestAddress::objections_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("nothing") << "inceptoscope:"
                             << "";
    QTest::newRow("module") << "inceptoscope:module=inception_3a"
                            << "";
    QTest::newRow("channel") << "inceptoscope:module=inception_3a&channel=255"
                             << "";
    QTest::newRow("op") << "inceptoscope:module=inception_3a&op=inception_3a/5x5&channel=31"
                        << "";
    QTest::newRow("no module") << "inceptoscope:module=inception_9z"
                               << "address: the network has no module \"inception_9z\"";
    QTest::newRow("no op") << "inceptoscope:module=inception_3a&op=inception_3b/5x5"
                           << "address: module \"inception_3a\" has no op \"inception_3b/5x5\"";
    QTest::newRow("no channel")
        << "inceptoscope:module=inception_3a&channel=256"
        << "address: channel 256 doesn't exist: \"inception_3a/output\" has 256, from 0";
}

void TestAddress::objections()
{
    QFETCH(const QString, text);
    QFETCH(const QString, problem);
    const Network network = makeNetwork("googlenet");
    QCOMPARE(objection(readAddress(text).address, network.graph), problem);
}

void TestAddress::whatIsLeftOpenIsAsItWas()
{
    const Address last{
        .network = "googlenet",
        .picture = "coffee",
        .view = "costs",
        .module = "inception_4a",
        .channel = 3,
        .tab = 1};
    QCOMPARE(completed({}, last), last);
    // A module of one network says nothing of another.
    const Address other = completed({.network = "inception_v3"}, last);
    QCOMPARE(other.network, "inception_v3");
    QCOMPARE(other.picture, "coffee");
    QCOMPARE(other.module, "");
    QVERIFY(!other.channel);
    QCOMPARE(other.view, "costs");
    // Who asks for a module gets to see it, and none of the last one's channels.
    const Address module = completed({.module = "inception_3a"}, last);
    QCOMPARE(module.view, "");
    QCOMPARE(module.module, "inception_3a");
    QVERIFY(!module.channel);
    QCOMPARE(completed({.picture = "chelsea"}, last).picture, "chelsea");
    // A dream is the whole module's, not of the channel that was open.
    const Address dream = completed({.dream = 3}, last);
    QCOMPARE(dream.module, "inception_4a");
    QVERIFY(!dream.channel);
    QCOMPARE(dream.view, "");
}

void TestAddress::pictures()
{
    QCOMPARE(pictureName(QUrl("qrc:/pictures/coffee.png")), "coffee");
    QCOMPARE(pictureUrl("coffee"), QUrl("qrc:/pictures/coffee.png"));
    QCOMPARE(pictureName(QUrl("file:///tmp/a%20b.png")), "/tmp/a b.png");
    QCOMPARE(pictureUrl("/tmp/a b.png"), QUrl("file:///tmp/a%20b.png"));
    QCOMPARE(pictureName(QUrl("https://example.org/a.png")), "");
}

void TestAddress::history()
{
    const Address a{.module = "a"};
    const Address b{.module = "b"};
    const Address c{.module = "c"};
    History history;
    QVERIFY(!history.canGoBack() && !history.canGoForward());
    QVERIFY(!history.back() && !history.forward());
    history.visit(a);
    history.visit(a); // no step
    QVERIFY(!history.canGoBack());
    history.visit(b);
    history.visit(c);
    QCOMPARE(history.back(), b);
    QCOMPARE(history.back(), a);
    QVERIFY(!history.back());
    QCOMPARE(history.forward(), b);
    history.visit(a); // c is no longer ahead
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back(), b);
    history.replace(c);
    QCOMPARE(history.back(), a);
    QCOMPARE(history.forward(), c);
}

void TestAddress::historyForgetsTheOldest()
{
    History history;
    for (size_t i = 0; i < 2 * History::most; ++i)
        history.visit({.module = QString::number(i)});
    size_t steps = 0;
    std::optional<Address> first;
    while (const auto address = history.back()) {
        first = address;
        ++steps;
    }
    QCOMPARE(steps, History::most - 1);
    QCOMPARE(first->module, QString::number(History::most));
}

QTEST_GUILESS_MAIN(TestAddress)
#include "test_address.moc"
