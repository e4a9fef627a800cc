#include "models/versions/versions_model.h"
#include "support/test_main.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace inceptoscope;

/// What was measured of networks, kept between starts.
class TestMeasuredFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keptBetweenStarts();
    void keptForTheDeviceItWasMeasuredOn();
    void unusableFiles_data();
    void unusableFiles();
};

static QString cellText(const VersionsModel& model, const QString& id, VersionColumn column)
{
    for (const QVariant& row : model.rows())
        if (row.toMap()["id"] == id)
            return row.toMap()["cells"].toList()[int(column)].toMap()["text"].toString();
    return "no such row";
}

static std::shared_ptr<ComparisonResult>
measuredOn(const QDate& day, const std::string& id, double milliseconds)
{
    auto made = std::make_shared<ComparisonResult>();
    made->entry.network = id;
    made->network = std::make_shared<const Network>(makeNetwork(id));
    made->device = "a device";
    made->weightBytes = 10U << 20U;
    made->activationBytes = 20U << 20U;
    made->times.median = milliseconds;
    made->times.fastest = milliseconds - 1;
    made->times.slowest = milliseconds + 3;
    made->times.runs = 5;
    made->times.opMilliseconds.assign(made->network->graph.size(), 0.5);
    made->reference = "googlenet";
    made->ratio = {.median = milliseconds / 50, .least = milliseconds / 55, .most = 2.5};
    made->driver = "a driver 1.2";
    made->when = QDateTime(day, QTime(12, 0));
    return made;
}

/// Closed and opened again, the table has what was measured, with its day; measuring measures anew.
void TestMeasuredFile::keptBetweenStarts()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("new folder/measured.json");
    const QDate day(2020, 11, 30);
    {
        VersionsModel before;
        QSignalSpy failed(&before, &VersionsModel::keepingFailed);
        before.keepIn(path);
        before.setDevice("a device", "a driver 1.2");
        before.addResult(measuredOn(day, "googlenet", 49.1));
        before.addResult(measuredOn(day, "inception_v3", 80));
        before.addResult(measuredOn(day, "inception_v3", 98.25)); // the newer one
        auto failure = std::make_shared<ComparisonResult>();
        failure->entry.network = "inception_v4";
        failure->error = "out of memory";
        before.addResult(failure);
        QCOMPARE(failed.size(), 0);
    }
    VersionsModel after;
    after.keepIn(path);
    QCOMPARE(cellText(after, "googlenet", VersionColumn::Time), QString("counted only"));
    after.setDevice("a device", "a driver 1.2");
    QCOMPARE(cellText(after, "googlenet", VersionColumn::Time), QString("49.1\u00A0ms ±2.0"));
    QCOMPARE(cellText(after, "inception_v3", VersionColumn::Time), QString("98.3\u00A0ms ±2.0"));
    QCOMPARE(cellText(after, "inception_v3", VersionColumn::Memory), QString("30.0\u00A0MiB"));
    QCOMPARE(cellText(after, "inception_v4", VersionColumn::Time), QString("counted only"));
    QVERIFY2(
        after.footnotes().contains("times measured on 30 Nov 2020; “Measure all” measures anew"),
        qPrintable(after.footnotes()));
    // Stage by stage, too.
    after.setBefore("googlenet");
    after.setAfter("inception_v3");
    QVERIFY(after.difference()[0].toMap()["time"].toString() != "–");
    // Only what is missing is measured, then everything.
    after.setCanMeasure(true);
    QSignalSpy wanted(&after, &VersionsModel::comparisonWanted);
    after.measure();
    QCOMPARE(wanted[0][0].value<ComparisonRequest>().entries.size(), networkIds().size() - 2);
    after.addResult(measuredOn(QDate::currentDate().addDays(1), "googlenet", 40));
    after.addResult(measuredOn(QDate::currentDate().addDays(1), "inception_v3", 40));
    QVERIFY(!after.footnotes().contains("times measured"));
}

void TestMeasuredFile::keptForTheDeviceItWasMeasuredOn()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("measured.json");
    VersionsModel first;
    first.keepIn(path);
    first.setDevice("a device", "a driver 1.2");
    first.addResult(measuredOn(QDate(2020, 11, 30), "googlenet", 49.1));
    const auto time = [&](const char* device, const char* driver) {
        VersionsModel model;
        model.keepIn(path);
        model.setDevice(device, driver);
        return cellText(model, "googlenet", VersionColumn::Time);
    };
    QCOMPARE(time("a device", "a driver 1.3"), QString("counted only"));
    QCOMPARE(time("another device", "a driver 1.2"), QString("counted only"));
    // Nor do others' results throw it out.
    VersionsModel second;
    second.keepIn(path);
    second.setDevice("another device", "x");
    auto other = measuredOn(QDate(2021, 1, 1), "googlenet", 10);
    other->device = "another device";
    other->driver = "x";
    second.addResult(other);
    QCOMPARE(time("another device", "x"), QString("10.0\u00A0ms ±2.0"));
    QCOMPARE(time("a device", "a driver 1.2"), QString("49.1\u00A0ms ±2.0"));
}

void TestMeasuredFile::unusableFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << QByteArray("\x89PNG") << "is not the JSON";
    QTest::newRow("cut off") << QByteArray(R"({"format":1,"results":[{)") << "is not the JSON";
    QTest::newRow("empty") << QByteArray() << "is not the JSON";
    QTest::newRow("another version")
        << QByteArray(R"({"format":99,"results":[]})") << "another version";
    QTest::newRow("nonsense")
        << QByteArray(R"({"format":1,"results":[{"network":"googlenet","runs":-3}]})")
        << "no measuring gives";
    QTest::newRow("no object") << QByteArray(R"({"format":1,"results":[7]})")
                               << "no measuring gives";
    QTest::newRow("huge") << QByteArray(9 << 20, ' ') << "larger than 8 MiB";
}

/// One sentence, the window goes on, and the next measuring makes a good file of it.
void TestMeasuredFile::unusableFiles()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, says);
    const QTemporaryDir folder;
    const QString path = folder.filePath("measured.json");
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly) && file.write(content) == content.size());
    file.close();
    VersionsModel model;
    QSignalSpy failed(&model, &VersionsModel::keepingFailed);
    model.keepIn(path);
    model.setDevice("a device", "a driver 1.2");
    QCOMPARE(failed.size(), 1);
    QVERIFY2(failed[0][0].toString().contains(says), qPrintable(failed[0][0].toString()));
    model.addResult(measuredOn(QDate(2020, 11, 30), "googlenet", 49.1));
    QCOMPARE(failed.size(), 1);
    VersionsModel after;
    after.keepIn(path);
    after.setDevice("a device", "a driver 1.2");
    QCOMPARE(cellText(after, "googlenet", VersionColumn::Time), QString("49.1\u00A0ms ±2.0"));
    QFile::remove(path);
    QVERIFY(QDir().mkpath(path)); // a folder where the file belongs
    after.addResult(measuredOn(QDate(2020, 11, 30), "googlenet", 49.1));
    VersionsModel blocked;
    QSignalSpy refused(&blocked, &VersionsModel::keepingFailed);
    blocked.keepIn(path);
    blocked.setDevice("a device", "a driver 1.2");
    QCOMPARE(refused.size(), 1);
    QVERIFY(refused[0][0].toString().contains("is a folder, not a file"));
}

INCEPTOSCOPE_TEST_MAIN(TestMeasuredFile)
#include "test_measured_file.moc"
