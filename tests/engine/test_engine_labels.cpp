// Class names chosen while a network is on show.
#include "engine/engine.h"
#include "file_name.h"
#include "support/test_main.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

using namespace inceptoscope;

class TestEngineLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void namesAreUpdatedAtOnce();
    void othersAreRefused_data();
    void othersAreRefused();
    void openingWeightsForgetsThem();
    void withoutANetwork();

private:
    using Snapshot = std::shared_ptr<const RunSnapshot>;
    static constexpr int patience = 60'000; // a cold shader cache compiles for a while
    QString file(const char* name, int classes);
    [[nodiscard]] QString best() const { return m_last->top.at(0).label; }
    [[nodiscard]] QString named() const { return QStringLiteral("name %1").arg(index()); }
    [[nodiscard]] int index() const { return m_last->top.at(0).index; }

    QTemporaryDir m_folder;
    std::unique_ptr<Engine> m_engine;
    Snapshot m_last;
    QStringList m_failures;
    QStringList m_labels;
};

QString TestEngineLabels::file(const char* name, int classes)
{
    QFile labels(m_folder.filePath(name));
    (void)labels.open(QIODevice::WriteOnly);
    for (int i = 0; i < classes; ++i)
        labels.write(QStringLiteral("name %1\n").arg(i).toUtf8());
    return labels.fileName();
}

void TestEngineLabels::initTestCase()
{
    m_engine = std::make_unique<Engine>();
    connect(
        m_engine.get(), &Engine::snapshotReady, this, [this](const Snapshot& s) { m_last = s; });
    connect(m_engine.get(), &Engine::failed, this, [this](const QString& s) { m_failures << s; });
    connect(
        m_engine.get(), &Engine::labelsLoaded, this, [this](const QString& s) { m_labels << s; });
    QImage picture(64, 64, QImage::Format_RGB32);
    picture.fill(Qt::darkGreen);
    m_engine->setPicture(picture, QStringLiteral("test"));
    m_engine->open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(QTest::qWaitFor([this] { return m_last && m_last->complete; }, patience));
    QCOMPARE(best(), QString()); // random weights know no classes
}

void TestEngineLabels::namesAreUpdatedAtOnce()
{
    const quint64 run = m_last->run;
    const QString path = file("names.txt", 1000);
    m_engine->setLabels(path);
    QTRY_COMPARE(m_labels, QStringList{path});
    QTRY_COMPARE(best(), named());
    QCOMPARE(m_last->run, run); // nothing ran for it
    QVERIFY(m_last->complete);
    QCOMPARE(m_last->labels->source, path);
    // Another run has them, too.
    m_engine->rerun();
    QVERIFY(QTest::qWaitFor([&] { return m_last->run > run && m_last->complete; }, patience));
    QCOMPARE(best(), named());
    // A name in Latin-1, as old files have them.
    const std::string odd = m_folder.path().toStdString() + "/gr\xfcn.txt";
    std::filesystem::copy_file(path.toStdString(), odd);
    m_engine->setLabels(fileText(odd));
    QTRY_COMPARE(m_labels.size(), 2);
    QVERIFY(m_failures.isEmpty());
    QTRY_VERIFY(m_last->labels->source.endsWith("gr?n.txt"));
}

void TestEngineLabels::othersAreRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("says");
    QTest::newRow("too few") << file("few.txt", 3) << "names 3 classes, the weights have 1000";
    QTest::newRow("none") << file("none.txt", 0) << "there are no class names in it";
    QTest::newRow("no file") << m_folder.filePath("nowhere.txt") << "is not a file";
    QTest::newRow("a folder") << m_folder.path() << "is not a file";
}

void TestEngineLabels::othersAreRefused()
{
    QFETCH(const QString, path);
    QFETCH(const QString, says);
    m_failures.clear();
    m_engine->setLabels(path);
    QTRY_COMPARE(m_failures.size(), 1);
    QVERIFY2(m_failures[0].startsWith("labels: " + path), qPrintable(m_failures[0]));
    QVERIFY2(m_failures[0].contains(says), qPrintable(m_failures[0]));
    QCOMPARE(best(), named()); // the names before stay
}

void TestEngineLabels::openingWeightsForgetsThem()
{
    m_last.reset();
    m_engine->open(QStringLiteral("inception_v3"), QStringLiteral("synthetic"));
    const auto complete = [this](const char* id) {
        return m_last && m_last->complete && m_last->network->id == id;
    };
    QVERIFY(QTest::qWaitFor([&] { return complete("inception_v3"); }, patience));
    QCOMPARE(best(), QString());
    // Back to the network that was kept ready: the names are gone.
    m_engine->open(QStringLiteral("googlenet"), QStringLiteral("synthetic"));
    QVERIFY(QTest::qWaitFor([&] { return complete("googlenet"); }, patience));
    QCOMPARE(best(), QString());
}

void TestEngineLabels::withoutANetwork()
{
    m_failures.clear();
    Engine other;
    QSignalSpy failed(&other, &Engine::failed);
    other.setLabels(file("early.txt", 1000));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains("no weights are in use yet"));
}

QTEST_GUILESS_MAIN(TestEngineLabels)
#include "test_engine_labels.moc"
