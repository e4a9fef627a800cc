#include "cli/program.h"
#include "support/test_main.h"

#include <cmath>

using namespace inceptoscope;

/// The program on SwiftShader, a driver that offers little more than Vulkan promises, against the
/// same on llvmpipe.
class TestCliDrivers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameClasses();
    void precisions();
};

static Answer onSwiftShader(const QStringList& arguments)
{
    const QString manifest = QString::fromUtf8(swiftShaderManifest);
    return program(arguments, {"VK_ICD_FILENAMES=" + manifest, "VK_DRIVER_FILES=" + manifest});
}

void TestCliDrivers::initTestCase()
{
    if (haveChromiums(swiftShaderManifest))
        return;
    somethingWasLeftOut() = true;
    QSKIP("SwiftShader isn't there");
}

void TestCliDrivers::sameClasses()
{
    QStringList arguments{"classify"};
    for (const char* name : {"city-skyline", "clock-face", "leopard", "torus"})
        arguments << QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/") + name + ".png";
    arguments << "--json"
              << "--top"
              << "5";
    const Answer here = program(arguments + QStringList{"--device", "llvmpipe"});
    const Answer there = onSwiftShader(arguments + QStringList{"--device", "swiftshader"});
    QVERIFY2(here.code == 0, qPrintable(here.err));
    QVERIFY2(there.code == 0, qPrintable(there.err));
    const QJsonArray expected = here.json().array();
    const QJsonArray got = there.json().array();
    QCOMPARE(expected.size(), 4);
    QCOMPARE(got.size(), 4);
    for (int picture = 0; picture < 4; ++picture) {
        const QJsonArray a = expected[picture].toObject()["top"].toArray();
        const QJsonArray b = got[picture].toObject()["top"].toArray();
        QCOMPARE(a.size(), 5);
        QCOMPARE(b.size(), 5);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(b[i].toObject()["index"], a[i].toObject()["index"]);
            const double apart = b[i].toObject()["probability"].toDouble() -
                                 a[i].toObject()["probability"].toDouble();
            QVERIFY2(std::abs(apart) < 1e-4, qPrintable(QString::number(apart)));
        }
    }
}

/// It can't do halves, and says so.
void TestCliDrivers::precisions()
{
    const Answer devices = onSwiftShader({"devices", "--json"});
    const QJsonObject device = devices.json().array()[0].toObject();
    QVERIFY2(device["usable"].toBool(), qPrintable(devices.out));
    QCOMPARE(device["subgroup_size"].toInt(), 4);
    const Answer halves = onSwiftShader(
        {"classify", INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/torus.png", "--precision",
         "fp16"});
    QCOMPARE(halves.code, 1);
    QVERIFY2(halves.error().contains("can't store fp16"), qPrintable(halves.err));
}

INCEPTOSCOPE_TEST_MAIN(TestCliDrivers)
#include "test_cli_drivers.moc"
