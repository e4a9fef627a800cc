#include "error.h"
#include "models/versions/accuracy_table.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <QFile>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace inceptoscope;

/// What papers print, against the oracle's transcription of it.
class TestAccuracyTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNetworkHasAnEntry();
    void equalsTheOracle_data();
    void equalsTheOracle();
    void shown();
    void brokenFiles();
};

using Json = nlohmann::json;

void TestAccuracyTable::everyNetworkHasAnEntry()
{
    std::vector<std::string> ids = networkIds();
    std::ranges::sort(ids);
    QCOMPARE(AccuracyTable::bundled().networks(), ids);
    for (const std::string& id : ids) {
        const NetworkAccuracy* accuracy = AccuracyTable::bundled().of(id);
        QVERIFY2(accuracy != nullptr, id.c_str());
        QVERIFY2(accuracy->published.empty() != accuracy->none.empty(), id.c_str());
    }
    QVERIFY(AccuracyTable::bundled().of("resnet50") == nullptr);
}

void TestAccuracyTable::equalsTheOracle_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("unit");
    QTest::newRow("published") << "published"
                               << "err";
    QTest::newRow("released") << "released_weights"
                              << "acc";
}

/// The oracle's figures of a network, whatever else is about it.
static std::vector<AccuracyFigure> all(bool published)
{
    std::vector<AccuracyFigure> figures;
    for (const std::string& id : AccuracyTable::bundled().networks()) {
        const NetworkAccuracy* accuracy = AccuracyTable::bundled().of(id);
        const auto& list = published ? accuracy->published : accuracy->released;
        figures.insert(figures.end(), list.begin(), list.end());
    }
    return figures;
}

static bool same(const std::optional<double>& ours, const Json& theirs, bool error)
{
    if (theirs.is_null() || !ours)
        return theirs.is_null() && !ours;
    return std::abs((error ? 100.0 - *ours : *ours) - theirs.get<double>()) < 1e-9;
}

/// Papers' numbers with or without "arXiv", tables large or small.
static QString plain(const std::string& source)
{
    static const QRegularExpression arxiv(QStringLiteral("arxiv[ :]"));
    return QString::fromStdString(source).toLower().remove(arxiv);
}

void TestAccuracyTable::equalsTheOracle()
{
    QFETCH(const QString, list);
    QFETCH(const QString, unit);
    QFile file(QStringLiteral(INCEPTOSCOPE_SHARED_DIR "/oracle/facts/accuracy.json"));
    if (!file.open(QFile::ReadOnly))
        QSKIP("no ../shared/oracle");
    const Json oracle = Json::parse(file.readAll().toStdString());
    const bool error = unit == QLatin1String("err");
    std::vector<AccuracyFigure> ours = all(error);
    const Json& theirs = oracle.at(list.toStdString());
    QCOMPARE(ours.size(), theirs.size());
    for (const Json& row : theirs) {
        const std::string net = row.at("net");
        const auto it = std::ranges::find_if(ours, [&](const AccuracyFigure& figure) {
            return figure.label == net &&
                   same(figure.top1, row.at("top1_" + unit.toStdString()), error) &&
                   same(figure.top5, row.at("top5_" + unit.toStdString()), error);
        });
        QVERIFY2(it != ours.end(), net.c_str());
        QCOMPARE(it->printedAsError, error);
        QCOMPARE(plain(it->source), plain(row.at("source")));
        if (row.contains("gmacs_published"))
            QCOMPARE(it->gmacs, std::optional(row.at("gmacs_published").get<double>()));
        ours.erase(it); // each stands once
    }
}

void TestAccuracyTable::shown()
{
    const AccuracyTable& bundled = AccuracyTable::bundled();
    const AccuracyFigure v3 = bundled.of("inception_v3")->published.front();
    QCOMPARE(v3.top1, std::optional(78.8));
    QCOMPARE(v3.top5, std::optional(94.4));
    QVERIFY(v3.subset);
    QVERIFY(bundled.subset().find("48,238") != std::string::npos);
    QCOMPARE(
        QString::fromStdString(citation(bundled.of("googlenet_bn")->published.front())),
        QString("BN-GoogLeNet, errors: top-1 26.8 %, top-5 not printed (arXiv:1512.00567 table "
                "3)"));
    QVERIFY(!bundled.of("googlenet")->published.front().subset);
    QVERIFY(QString::fromStdString(bundled.of("facenet")->none).contains("faces"));
    QCOMPARE(bundled.of("inception_v3")->released.front().top1, std::optional(77.294));
}

void TestAccuracyTable::brokenFiles()
{
    for (const char* text :
         {"", "[]", R"({"subset":"s","networks":{"a":{}}})",
          R"({"subset":"s","networks":{"a":{"none":"n","published":[{"label":"l"}]}}})"}) {
        try {
            (void)AccuracyTable::fromJson(text);
            QFAIL(text);
        } catch (const Error& error) {
            QVERIFY(error.kind() == ErrorKind::BadInput);
            QVERIFY(QByteArray(error.what()).startsWith("accuracy.json: "));
        }
    }
}

INCEPTOSCOPE_TEST_MAIN(TestAccuracyTable)
#include "test_accuracy_table.moc"
