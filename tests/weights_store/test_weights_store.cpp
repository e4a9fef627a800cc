#include "weights_store/weights_store.h"

#include "support/test_main.h"

#include <QDir>
#include <QTemporaryDir>

using namespace inceptoscope;

class TestWeightsStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingIsThere();
    void fetchedOnes();
    void fetchedOnesGoBeforeBundled();
    void truncatedOnesDoNotCount();
    void ownFolders();

private:
    void put(const QString& path, const QByteArray& bytes)
    {
        QDir().mkpath(QFileInfo(m_folder->filePath(path)).path());
        QFile file(m_folder->filePath(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] QString found() const
    {
        const auto weights = m_store->weightsFor("net");
        return weights ? QDir(m_folder->path()).relativeFilePath(*weights) : "none";
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WeightsStore> m_store;
};

/// Two that can be fetched and one that comes with the program.
void TestWeightsStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const QByteArray common = R"("network": "net", "licence": "MIT", "source": "s",
        "released_by": "r", "format": "onnx", "classes": 9, "preprocessing": {"input": 8,
        "resize": 9, "crop_fraction": 0.9, "filter": "area", "order": "RGB", "range": 1,
        "mean": [0, 0, 0], "std": [1, 1, 1]})";
    const auto fetchable = [&](const QByteArray& id, const QByteArray& isDefault) {
        return R"({"id": ")" + id + R"(", "file": ")" + id + R"(.bin", "default": )" + isDefault +
               R"(, "url": "https://example.org/f", "size": 4, )" + common + "}";
    };
    const QByteArray json = R"({"version": 1, "files": [)" + fetchable("other", "false") + "," +
                            fetchable("usual", "true") +
                            R"(,{"id": "own", "bundled": "own.bin", )" + common + "}]}";
    m_store = std::make_unique<WeightsStore>(
        Manifest::parse(json, "test"), m_folder->filePath("fetched"),
        m_folder->filePath("bundled"));
}

void TestWeightsStore::nothingIsThere()
{
    QCOMPARE(found(), "none");
    QVERIFY(!m_store->weightsFor("elsewhere"));
    const auto& entries = m_store->manifest().entries();
    QCOMPARE(m_store->state(entries[0]), WeightsStore::State::Fetchable);
    QCOMPARE(m_store->state(entries[2]), WeightsStore::State::Missing);
    const Download::Request request = m_store->request(entries[1]);
    QCOMPARE(request.path, m_folder->filePath("fetched/usual.bin"));
    QCOMPARE(request.urls, QList<QUrl>{QUrl("https://example.org/f")});
    QCOMPARE(request.expected.size, 4);
}

void TestWeightsStore::fetchedOnes()
{
    put("fetched/other.bin", "1234");
    QCOMPARE(found(), "fetched/other.bin");
    put("fetched/usual.bin", "1234");
    QCOMPARE(found(), "fetched/usual.bin");
    QCOMPARE(m_store->state(m_store->manifest().entries()[1]), WeightsStore::State::Installed);
}

void TestWeightsStore::fetchedOnesGoBeforeBundled()
{
    put("bundled/own.bin", "of any size");
    QCOMPARE(found(), "bundled/own.bin");
    put("fetched/other.bin", "1234");
    QCOMPARE(found(), "fetched/other.bin");
    QCOMPARE(m_store->state(m_store->manifest().entries()[2]), WeightsStore::State::Bundled);
    // By the network's id still the one that can be fetched.
    QCOMPARE(m_store->manifest().toFetch("net")->id, "usual");
}

void TestWeightsStore::truncatedOnesDoNotCount()
{
    put("fetched/usual.bin", "123");
    QCOMPARE(found(), "none");
}

void TestWeightsStore::ownFolders()
{
    const WeightsStore store;
    for (const ManifestEntry& entry : store.manifest().entries()) {
        const QString folder = entry.bundled ? QCoreApplication::applicationDirPath() + "/../share"
                                             : qEnvironmentVariable("XDG_DATA_HOME");
        QCOMPARE(
            store.path(entry), QDir::cleanPath(folder + "/inceptoscope/weights/" + entry.file));
    }
}

INCEPTOSCOPE_TEST_MAIN(TestWeightsStore)
#include "test_weights_store.moc"
