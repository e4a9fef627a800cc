#include "cli/program.h"
#include "support/test_main.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace inceptoscope;

/// The command "report", from outside.
class TestCliReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAWholeReport();
    void replacesAnEarlierReport();
    void leavesOtherFoldersAlone();
    void wrongUsage_data();
    void wrongUsage();

private:
    [[nodiscard]] QStringList arguments(const QString& folder) const
    {
        return {"report", m_picture, "-o", folder, "--network", "googlenet_bn", "--runs", "2"};
    }
    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void checkHtml(const QByteArray& html) const;
    void checkJson(const QByteArray& text) const;

    const QString m_picture =
        QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/torus.png");
    QTemporaryDir m_folder;
};

void TestCliReport::checkHtml(const QByteArray& html) const
{
    QXmlStreamReader xml(html);
    QHash<QString, int> tags;
    QStringList texts;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            ++tags[xml.name().toString()];
            for (const QXmlStreamAttribute& attribute : xml.attributes())
                if (attribute.name() == u"src" || attribute.name() == u"href")
                    QVERIFY(
                        attribute.value().startsWith(u"data:") ||
                        attribute.value().startsWith(u"#"));
        } else if (token == QXmlStreamReader::Characters) {
            texts << xml.text().trimmed().toString();
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(tags["svg"], 3); // icicle, bars, roofline
    QCOMPARE(tags["img"], 1);
    QCOMPARE(tags["table"], 3);
    for (const char* text : {"GoogLeNet with batch norm", "Inception 3a", "time, measured"})
        QVERIFY2(texts.contains(QString(text)), text);
    QVERIFY(texts.join('\n').contains("torus"));
}

void TestCliReport::checkJson(const QByteArray& text) const
{
    QJsonParseError error;
    const QJsonObject report = QJsonDocument::fromJson(text, &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    for (const char* key : {"version", "device", "driver", "date", "picture", "runs", "peaks"})
        QVERIFY2(report.contains(QLatin1String(key)), key);
    QVERIFY(report["peaks"].toObject()["fma_gflops"].toDouble() > 0);
    const QJsonObject network = report["networks"].toArray()[0].toObject();
    QCOMPARE(network["id"].toString(), "googlenet_bn");
    QCOMPARE(network["weights"].toObject()["trained"].toBool(), true);
    QVERIFY(network["top"].toArray()[0].toObject()["label"].toString().contains("torus"));
    const double total = network["median_ms"].toDouble();
    QVERIFY(total > 0);
    QVERIFY(network["min_ms"].toDouble() <= network["max_ms"].toDouble());
    // The ops of the file are the network, counted and measured.
    qint64 macs = 0;
    double milliseconds = 0;
    for (const QJsonValue value : network["parts"].toArray()) {
        const QJsonObject part = value.toObject();
        if (part["level"].toString() != "op")
            continue;
        macs += part["macs"].toInteger();
        milliseconds += part["median_ms"].toDouble();
    }
    QCOMPARE(macs, network["macs"].toInteger());
    QVERIFY(std::abs(milliseconds / total - 1) < 1e-3);
}

void TestCliReport::writesAWholeReport()
{
    const QString folder = m_folder.filePath("new/report");
    const Answer answer = program(arguments(folder));
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(answer.out, folder + "/index.html\n");
    QCOMPARE(
        QDir(folder).entryList(QDir::Files),
        (QStringList{"index.html", "networks.csv", "parts.csv", "report.json", "tables.md"}));
    QCOMPARE(
        QDir(m_folder.filePath("new")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
        QStringList{"report"}); // nothing is left beside it
    checkHtml(read(folder + "/index.html"));
    checkJson(read(folder + "/report.json"));
    for (const char* name : {"/networks.csv", "/parts.csv"}) {
        const QList<QByteArray> lines = read(folder + name).trimmed().split('\n');
        QVERIFY(lines.size() > 1);
        for (const QByteArray& line : lines)
            if (!line.contains('"'))
                QCOMPARE(line.count(','), lines[0].count(','));
    }
    const QByteArray table = read(folder + "/tables.md");
    QVERIFY(table.contains("| GoogLeNet with batch norm | "));
    QVERIFY(table.contains("| 1.50 G |"));
}

void TestCliReport::replacesAnEarlierReport()
{
    const QString folder = m_folder.filePath("twice");
    QVERIFY(QDir().mkpath(folder));
    QFile earlier(folder + "/report.json");
    QVERIFY(earlier.open(QIODevice::WriteOnly) && earlier.write("{}") == 2);
    earlier.close();
    const Answer answer = program(arguments(folder));
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY(read(folder + "/report.json").size() > 1000);
    QVERIFY(QDir(m_folder.path()).entryList({"twice.*"}, QDir::AllEntries).isEmpty());
}

void TestCliReport::leavesOtherFoldersAlone()
{
    const QString folder = m_folder.filePath("other");
    QVERIFY(QDir().mkpath(folder));
    QFile file(folder + "/thesis.txt");
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    file.close();
    const Answer answer = program(arguments(folder));
    QCOMPARE(answer.code, 2);
    QVERIFY(answer.err.contains("holds other things than a report"));
    QCOMPARE(read(folder + "/thesis.txt"), QByteArray("mine"));
}

void TestCliReport::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const QString out = m_folder.filePath("never");
    QTest::newRow("no folder") << QStringList{"report", m_picture} << 2 << "output";
    QTest::newRow("no picture") << QStringList{"report", "-o", out} << 2 << "IMAGE";
    QTest::newRow("unknown network")
        << QStringList{"report", m_picture, "-o", out, "--network", "googlenot"} << 2
        << "googlenot";
    QTest::newRow("missing picture")
        << QStringList{"report", "/no/such.png", "-o", out, "--network", "googlenet_bn"} << 1
        << "such.png";
    QTest::newRow("a file") << QStringList{"report", m_picture, "-o", m_picture} << 2
                            << "is a file";
    QTest::newRow("no right to") << QStringList{"report", m_picture, "-o", "/proc/report"} << 1
                                 << "can't be written";
    QTest::newRow("runs") << QStringList{"report", m_picture, "-o", out, "--runs", "0"} << 2
                          << "--runs";
}

void TestCliReport::wrongUsage()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, code);
    QFETCH(const QString, says);
    const Answer answer = program(arguments);
    QCOMPARE(answer.code, code);
    QVERIFY2(answer.err.contains(says), qPrintable(answer.err));
    QCOMPARE(answer.err.count('\n'), 1);
    QVERIFY(!QFileInfo::exists(m_folder.filePath("never")));
}

INCEPTOSCOPE_TEST_MAIN(TestCliReport)
#include "test_cli_report.moc"
