#include "weights_store/manifest.h"

#include "support/error_message.h"
#include "support/test_main.h"
#include "zoo/network.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace inceptoscope;

class TestManifest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEntryIsComplete();
    void bundledOnesSayWhatTheyKnow();
    void oneDefaultANetwork();
    void defaultsAreReadAsTheNetworkReadsThem();
    void everySourceIsThere();
    void ids();
    void refusals_data();
    void refusals();
    void fromAnotherFile();
};

void TestManifest::everyEntryIsComplete()
{
    const Manifest manifest = Manifest::load();
    const std::vector<std::string> networks = networkIds();
    QVERIFY(manifest.entries().size() >= 11);
    for (const ManifestEntry& entry : manifest.entries()) {
        const QByteArray name = entry.id.toUtf8();
        QVERIFY2(
            std::find(networks.begin(), networks.end(), entry.network.toStdString()) !=
                networks.end(),
            name);
        QVERIFY2(!entry.licence.isEmpty() && !entry.source.isEmpty(), name);
        QVERIFY2(!entry.releasedBy.isEmpty() && entry.classes > 0, name);
        QVERIFY2((QStringList{"safetensors", "onnx", "pytorch"}).contains(entry.format), name);
        const TrainedOn& trained = entry.trainedOn;
        const Network network = makeNetwork(entry.network.toStdString());
        QCOMPARE(trained.input, int(network.graph[network.graph.input()].shape.w));
        QVERIFY2(trained.resize >= trained.input, name);
        QVERIFY2(std::abs(trained.input / trained.cropFraction - trained.resize) < 1, name);
        QVERIFY2(*std::min_element(trained.std.begin(), trained.std.end()) > 0, name);
        if (entry.accuracy) {
            QVERIFY2(entry.accuracy->top1 > 60 && entry.accuracy->top1 < 90, name);
            QVERIFY2(entry.accuracy->top5 > entry.accuracy->top1, name);
            QVERIFY2(!entry.accuracy->source.isEmpty(), name);
        }
        if (entry.bundled)
            continue;
        QVERIFY2(entry.expected.size > 20'000'000, name);
        for (const QUrl& url : entry.urls)
            QCOMPARE(url.scheme(), QString("https"));
        if (entry.expected.sha256.isEmpty())
            QVERIFY2(entry.notes.contains("No hash"), name);
    }
}

/// As they were measured, the auxiliary heads included.
void TestManifest::bundledOnesSayWhatTheyKnow()
{
    QFile file(QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/training/accuracy.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject measured = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject heads = measured["auxiliary"].toObject();
    const Manifest manifest = Manifest::load();
    const auto bundled = std::ranges::find(manifest.entries(), true, &ManifestEntry::bundled);
    QVERIFY(bundled != manifest.entries().end());
    const auto percent = [](const QJsonValue& share) {
        return QString::number(100 * share.toDouble(), 'g', 4) + QStringLiteral(" %");
    };
    for (const QString& figure :
         {percent(measured["top1"]), percent(heads["aux1"]), percent(heads["aux2"])})
        QVERIFY2(bundled->notes.contains(figure), qPrintable(figure + " is not in the notes"));
}

void TestManifest::oneDefaultANetwork()
{
    const Manifest manifest = Manifest::load();
    for (const ManifestEntry& entry : manifest.entries()) {
        if (entry.bundled)
            continue;
        const ManifestEntry* taken = manifest.toFetch(entry.network);
        QVERIFY2(taken != nullptr, qPrintable(entry.network));
        QVERIFY(taken->isDefault);
        QVERIFY2(!taken->expected.sha256.isEmpty(), qPrintable(taken->id));
    }
}

/// Otherwise the network would show nonsense with the weights it fetched itself.
void TestManifest::defaultsAreReadAsTheNetworkReadsThem()
{
    const Manifest manifest = Manifest::load();
    for (const ManifestEntry& entry : manifest.entries()) {
        if (!entry.isDefault)
            continue;
        const Preprocessing own = makeNetwork(entry.network.toStdString()).preprocessing;
        const TrainedOn& trained = entry.trainedOn;
        const QByteArray name = entry.id.toUtf8();
        QCOMPARE(trained.resize, int(own.resize));
        QCOMPARE(trained.bgr, own.order == ChannelOrder::Bgr);
        for (size_t c = 0; c < 3; ++c) {
            // The same straight line from pixel to value, whatever the range is called.
            const double slope = trained.range / trained.std[c];
            QVERIFY2(std::abs(slope - double(own.range * own.scale[c])) < 1e-4, name);
            const double start = -trained.mean[c] / trained.std[c];
            QVERIFY2(std::abs(start + double(own.mean[c] * own.scale[c])) < 1e-4, name);
        }
    }
}

/// Every row of the table of sources: its network, and the hash or what it calls the file.
void TestManifest::everySourceIsThere()
{
    REQUIRE_SHARED("weights/sources.md");
    QFile file(sharedPath("weights/sources.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    static const QRegularExpression network(QStringLiteral("^\\w+"));
    static const QRegularExpression hash(QStringLiteral("^[0-9a-f]{8,64}"));
    static const QRegularExpression exact(QStringLiteral("^[\\d,]{9,}$"));
    const Manifest manifest = Manifest::load();
    int rows = 0;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        const QStringList cells = line.split(u'|');
        if (!line.startsWith("| ") || cells.size() < 7 || cells[1].trimmed() == "network")
            continue;
        ++rows;
        const QString id = network.match(cells[1].trimmed()).captured();
        const QByteArray digits = hash.match(cells[4].trimmed()).captured().toLatin1();
        const auto found = std::find_if(
            manifest.entries().begin(), manifest.entries().end(), [&](const ManifestEntry& entry) {
                return entry.network == id && !entry.bundled &&
                       (digits.isEmpty() ? cells[2].contains(entry.urls.front().fileName())
                                         : entry.expected.sha256 == digits);
            });
        QVERIFY2(found != manifest.entries().end(), qPrintable(line));
        const QString size = cells[3].trimmed();
        if (exact.match(size).hasMatch())
            QCOMPARE(found->expected.size, QString(size).remove(u',').toLongLong());
        QCOMPARE(found->expected.approximate, !exact.match(size).hasMatch());
    }
    QCOMPARE(rows, 11);
}

void TestManifest::ids()
{
    const Manifest manifest = Manifest::load();
    QCOMPARE(manifest.toFetch("inception_v3")->id, "inception_v3.tv_in1k");
    QCOMPARE(manifest.toFetch("inception_v3.torchvision")->network, "inception_v3");
    QVERIFY(manifest.toFetch("inception_v2") == nullptr); // nobody published any
    QVERIFY(manifest.toFetch("") == nullptr);
}

void TestManifest::refusals_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* key, const QJsonValue& value,
                        const char* message) { QTest::newRow(name) << key << value << message; };
    const QJsonValue none(QJsonValue::Undefined);
    row("no licence", "licence", none, "manifest: m: one: licence is missing or of another type");
    row("empty licence", "licence", "", "manifest: m: one: licence is empty");
    row("no size", "size", none, "manifest: m: one: size is missing or of another type");
    row("negative size", "size", -1, "manifest: m: one: size is no size of a file");
    row("hash", "sha256", "ABC", "manifest: m: one: sha256 is no SHA-256 in lower-case hex: ABC");
    row("path", "file", "../x", "manifest: m: one: file is no bare file name: ../x");
    row("scheme", "url", "file:///etc/passwd",
        "manifest: m: one: url is no http or https address: file:///etc/passwd");
    row("preprocessing", "preprocessing", 3, "manifest: m: one: preprocessing is no object");
    row("mirror", "mirrors", QJsonArray{"x"},
        "manifest: m: one: mirrors is no http or https address: x");
    row("twice", "id", "two", "manifest: m: two is there twice");
    row("same file", "file", "two.bin",
        "manifest: m: two has the file name of another entry, two.bin");
    row("defaults", "default", true, "manifest: m: two is a second default for googlenet");
}

void TestManifest::refusals()
{
    QFETCH(const QString, key);
    QFETCH(const QJsonValue, value);
    QFETCH(const QString, message);
    const QJsonObject preprocessing{{"input", 8},
                                    {"resize", 9},
                                    {"crop_fraction", 0.9},
                                    {"filter", "area"},
                                    {"order", "RGB"},
                                    {"range", 1},
                                    {"mean", QJsonArray{0, 0, 0}},
                                    {"std", QJsonArray{1, 1, 1}}};
    QJsonObject one{
        {"id", "one"},
        {"network", "googlenet"},
        {"file", "one.bin"},
        {"url", "https://example.org/1"},
        {"size", 5},
        {"licence", "MIT"},
        {"source", "s"},
        {"released_by", "r"},
        {"format", "onnx"},
        {"classes", 9},
        {"preprocessing", preprocessing}};
    QJsonObject two = one;
    two["id"] = "two";
    two["file"] = "two.bin";
    two["default"] = true;
    const auto parse = [&] {
        const QJsonObject root{{"version", 1}, {"files", QJsonArray{one, two}}};
        return errorMessage([&] { (void)Manifest::parse(QJsonDocument(root).toJson(), "m"); });
    };
    QCOMPARE(parse(), QString());
    if (value.isUndefined())
        one.remove(key);
    else
        one[key] = value;
    QCOMPARE(parse(), message);
    QVERIFY(
        errorMessage([] { (void)Manifest::parse("{", "m"); }).startsWith("manifest: m is no JSON"));
}

void TestManifest::fromAnotherFile()
{
    qputenv("INCEPTOSCOPE_MANIFEST", "/nowhere/m.json");
    const QString message = errorMessage([] { (void)Manifest::load(); });
    qunsetenv("INCEPTOSCOPE_MANIFEST");
    QVERIFY2(message.startsWith("manifest: /nowhere/m.json can't be read"), qPrintable(message));
}

INCEPTOSCOPE_TEST_MAIN(TestManifest)
#include "test_manifest.moc"
