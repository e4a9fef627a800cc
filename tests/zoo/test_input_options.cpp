#include "error.h"
#include "zoo/input_options.h"

#include <QtTest>

using namespace inceptoscope;

using Pairs = std::map<std::string, std::string>;

/// How weights say what pictures they want.
class TestInputOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reading();
    void faults_data();
    void faults();
    void applying_data();
    void applying();
    void tooSmallAPicture();
    void published();
};

void TestInputOptions::reading()
{
    const InputOptions all = inputOptions(
        {{"channel_order", "bgr"},
         {"input_range", "[0, 255]"},
         {"input_mean", "[104, 117.5,123]"},
         {"input_std", "2"},
         {"input_size", "3, 192, 192"},
         {"resize", "224"},
         {"crop_fraction", "0.875"},
         {"labels", "left alone"}},
        "f");
    QVERIFY(all.order == ChannelOrder::Bgr);
    QVERIFY(all.range == 255.0F);
    QVERIFY((all.mean == std::array<float, 3>{104, 117.5, 123}));
    QVERIFY((all.deviation == std::array<float, 3>{2, 2, 2}));
    QVERIFY(all.inputSize == 192U);
    QVERIFY(all.resize == 224U);
    QVERIFY(all.cropFraction == 0.875);
    QVERIFY(inputOptions({{"labels", "a"}, {"mean", "b"}}, "f") == InputOptions());
    QVERIFY(inputOptions({{"input_size", "[3,160,160]"}}, "f").inputSize == 160U);
    QVERIFY(inputOptions({{"input_size", "160"}}, "f").inputSize == 160U);
    QVERIFY(isInputOption("resize") && !isInputOption("mean"));
}

void TestInputOptions::faults_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* key, const char* value, const char* expected) {
        QTest::addRow("%s %s", key, value) << key << value << expected;
    };
    row("channel_order", "RGBA", "RGB or BGR");
    row("channel_order", "", "RGB or BGR");
    row("input_range", "0", "1 or 255");
    row("input_range", "-1", "1 or 255");
    row("input_range", "1e-60", "1 or 255");
    row("input_range", "[1,255]", "1 or 255");
    for (const char* key : {"input_mean", "input_std"})
        for (const char* value :
             {"", "1,2", "1,2,3,4", "a", "1,,x", "nan", "inf", "1e999", "[1,2,3", "1 2 3x", "0x10"})
            row(key, value, "one number or three");
    row("input_std", "1,0,1", "one number or three above 0");
    row("input_std", "-1", "one number or three above 0");
    row("input_std", "1e-60", "one number or three above 0");
    for (const char* key : {"input_size", "resize"})
        for (const char* value : {"0", "-5", "8193", "224.5", "224,225", "1,224,224", "1e300"})
            row(key, value, "a side in pixels, from 1 to 8192,");
    for (const char* value : {"0", "0.1", "1.1", "0.5,0.5", "x"})
        row("crop_fraction", value, "a number above 0.1 and up to 1");
}

void TestInputOptions::faults()
{
    QFETCH(const QString, key);
    QFETCH(const QString, value);
    QFETCH(const QString, expected);
    try {
        (void)inputOptions({{key.toStdString(), value.toStdString()}}, "weights: f");
        QFAIL("no error");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::BadInput);
        QCOMPARE(
            QString(error.what()),
            QStringLiteral("weights: f: %1 is \"%2\", %3 was expected").arg(key, value, expected));
    }
}

void TestInputOptions::applying_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("description");
    const auto row = [](const char* network, const char* options, const char* description) {
        QTest::addRow("%s %s", network, options) << network << QByteArray(options) << description;
    };
    const char* caffe = "BGR, 0..255, minus (104, 117, 123); shorter side 256";
    row("googlenet", "", caffe);
    row("googlenet", "channel_order=BGR", caffe);
    row("googlenet", "channel_order=RGB", "RGB, 0..255, minus (123, 117, 104); shorter side 256");
    row("googlenet", "channel_order=RGB input_mean=1,2,3",
        "RGB, 0..255, minus (1, 2, 3); shorter side 256");
    row("googlenet", "input_range=1", "BGR, 0..1; shorter side 256");
    row("googlenet", "input_mean=0.485,0.456,0.406 input_std=0.229,0.224,0.225",
        "BGR, 0..1, minus (0.485, 0.456, 0.406), divided by (0.229, 0.224, 0.225); shorter side "
        "256");
    row("googlenet_bn", "", "RGB, 0..1, minus 0.5, divided by 0.5; shorter side 256");
    row("googlenet_bn", "input_mean=127.5 input_std=128",
        "RGB, 0..255, minus 127.5, divided by 128; shorter side 256");
    row("googlenet_bn", "crop_fraction=1",
        "RGB, 0..1, minus 0.5, divided by 0.5; shorter side 224");
    row("googlenet_bn", "crop_fraction=0.5 resize=300",
        "RGB, 0..1, minus 0.5, divided by 0.5; shorter side 300");
    row("inception_v3", "crop_fraction=0.875",
        "RGB, 0..1, minus 0.5, divided by 0.5; shorter side 341");
}

void TestInputOptions::applying()
{
    QFETCH(const QString, network);
    QFETCH(const QByteArray, options);
    QFETCH(const QString, description);
    Pairs pairs;
    for (const QByteArray& pair : options.split(' '))
        if (const qsizetype equals = pair.indexOf('='); equals > 0)
            pairs[pair.left(equals).toStdString()] = pair.mid(equals + 1).toStdString();
    const Network made = makeNetwork(network.toStdString());
    const Preprocessing result = withOptions(
        made.preprocessing, inputOptions(pairs, "f"), made.graph[made.graph.input()].shape.h, "f");
    QCOMPARE(QString::fromStdString(describe(result)), description);
}

void TestInputOptions::tooSmallAPicture()
{
    try {
        (void)withOptions({}, {.resize = 200}, 224, "f");
        QFAIL("no error");
    } catch (const Error& error) {
        QCOMPARE(
            QString(error.what()),
            "f: resize is 200, at least the input's 224 pixels were expected");
    }
}

/// What the sources of the published weights say.
void TestInputOptions::published()
{
    QCOMPARE(
        describe(makeNetwork("bn_inception").preprocessing),
        std::string("BGR, 0..255, minus (104, 117, 128); shorter side 256"));
    QCOMPARE(
        describe(makeNetwork("facenet").preprocessing),
        std::string("RGB, 0..255, minus 127.5, divided by 128; shorter side 160"));
}

QTEST_GUILESS_MAIN(TestInputOptions)
#include "test_input_options.moc"
