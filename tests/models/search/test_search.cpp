#include "address/views.h"
#include "engine/labels.h"
#include "models/app_model.h"
#include "models/search/search_index.h"
#include "models/search/search_rank.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace inceptoscope;

class TestSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void comparesAsPeopleWrite();
    void bestFirst_data();
    void bestFirst();
    void findsEverything();
    void everyTargetIsThere();
    void nonsenseFindsNothing();
    void isFast();
    void modelGoesThere();

private:
    [[nodiscard]] QStringList titles(const QString& query) const;
    std::shared_ptr<const Network> m_network;
    SearchEntries m_entries;
    QList<SearchText> m_texts;
};

void TestSearch::initTestCase()
{
    m_network = std::make_shared<const Network>(makeNetwork("googlenet"));
    m_entries = searchIndex(m_network, usualLabels(1000));
    m_entries.prepend(
        {.kind = SearchKind::Command,
         .title = "Open picture…",
         .words = "image photo",
         .command = "open-picture"});
    m_entries.prepend(
        {.kind = SearchKind::Command,
         .title = "Larger text",
         .words = "font size zoom in",
         .command = "text-larger"});
    for (const SearchEntry& entry : std::as_const(m_entries))
        m_texts << searchText(entry);
}

QStringList TestSearch::titles(const QString& query) const
{
    QStringList found;
    for (const int hit : searchHits(m_entries, m_texts, query))
        found << kindTitle(m_entries[hit].kind) + ": " + m_entries[hit].title;
    return found;
}

void TestSearch::comparesAsPeopleWrite()
{
    QCOMPARE(searchable("Inception_3a/3x3"), "inception 3a 3x3");
    QCOMPARE(searchable("  3×3 conv… "), "3x3 conv");
    QCOMPARE(searchable("???"), "");
    const SearchText text = searchText({.title = "Inception 3a", .words = "inception_3a"});
    QVERIFY(searchScore(text, "inception 3a") > searchScore(text, "incep"));
    QVERIFY(searchScore(text, "incep") > searchScore(text, "3a"));
    QVERIFY(searchScore(text, "3a") > searchScore(text, "a"));
    QVERIFY(searchScore(text, "incepton") > 0); // a letter is missing
    QCOMPARE(searchScore(text, "3a 4b"), 0);
    QCOMPARE(searchScore(text, "zebra"), 0);
}

void TestSearch::bestFirst_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("first");
    QTest::newRow("view") << "costs"
                          << "View: Costs";
    QTest::newRow("beginning of a view") << "ver"
                                         << "View: Versions";
    QTest::newRow("module") << "inception 4a"
                            << "Module: Inception 4a";
    QTest::newRow("as in files") << "inception_4a"
                                 << "Module: Inception 4a";
    QTest::newRow("joined") << "inception4a"
                            << "Module: Inception 4a";
    QTest::newRow("short") << "4a"
                           << "Module: Inception 4a";
    QTest::newRow("op") << "4a 5x5 reduce"
                        << "Op: inception_4a/5x5_reduce";
    QTest::newRow("class") << "golden retriever"
                           << "Class: golden retriever";
    QTest::newRow("command") << "picture"
                             << "Command: Open picture…";
    QTest::newRow("other words") << "zoom"
                                 << "Command: Larger text";
    QTest::newRow("elsewhere") << "mixed 7c"
                               << "Module: Mixed_7c";
    QTest::newRow("id") << "inception_v4"
                        << "Network: Inception v4";
}

void TestSearch::bestFirst()
{
    QFETCH(const QString, query);
    QFETCH(const QString, first);
    const QStringList found = titles(query);
    QVERIFY2(!found.isEmpty(), qPrintable(query));
    QVERIFY2(found.front().startsWith(first), qPrintable(found.mid(0, 5).join('\n')));
}

void TestSearch::findsEverything()
{
    // A whole name goes before all that begin so.
    QVERIFY(titles("Inception-ResNet v2").front().startsWith("Network: Inception-ResNet v2"));
    QVERIFY(!titles("Inception-ResNet v2").front().contains("drawn"));
    // Each thing is found by its own name, in sight at once.
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].kind == SearchKind::ElsewhereModule)
            continue; // many networks have a module of that name
        const QStringList found = titles(m_entries[i].title).mid(0, 12);
        const QString wanted = kindTitle(m_entries[i].kind) + ": " + m_entries[i].title;
        QVERIFY2(found.contains(wanted), qPrintable(wanted));
    }
    const auto count = [this](SearchKind kind) {
        return std::count_if(m_entries.begin(), m_entries.end(), [kind](const SearchEntry& entry) {
            return entry.kind == kind;
        });
    };
    QCOMPARE(count(SearchKind::View), windowViews().size());
    QCOMPARE(count(SearchKind::Network), qsizetype(networkIds().size()));
    QCOMPARE(count(SearchKind::Module), qsizetype(m_network->graph.modules().size()));
    QCOMPARE(count(SearchKind::Class), 1000);
    QVERIFY(count(SearchKind::Op) > 80);
    // Without a query: what there is to begin with.
    QCOMPARE(
        titles("").size(),
        count(SearchKind::View) + count(SearchKind::Network) + count(SearchKind::Command));
    QVERIFY(titles("").front().startsWith("View: "));
}

void TestSearch::everyTargetIsThere()
{
    for (const SearchEntry& entry : std::as_const(m_entries)) {
        if (!entry.command.isEmpty())
            continue;
        QCOMPARE(readAddress(addressText(entry.target)).problem, "");
        if (entry.target.network == "googlenet")
            QCOMPARE(objection(entry.target, m_network->graph), "");
    }
}

void TestSearch::nonsenseFindsNothing()
{
    QVERIFY(titles("qqqzzz").isEmpty());
    QVERIFY(titles(QString(16'000, u'a')).isEmpty());
    QVERIFY(titles("golden 9z").isEmpty());
}

void TestSearch::isFast()
{
    QElapsedTimer timer;
    timer.start();
    for (const char* query : {"i", "in", "inc", "a b c d", "conv 3x3 inception 4a"})
        QVERIFY(!titles(query).isEmpty() || QString(query).contains(' '));
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void TestSearch::modelGoesThere()
{
    const QTemporaryDir folder;
    AppModel app(nullptr, folder.filePath("settings.ini"));
    app.start("googlenet", {}, {});
    app.setView("costs");
    SearchModel& search = *app.search();
    search.setCommands(
        {QVariantMap{{"id", "quit"}, {"title", "Quit"}, {"words", "exit"}, {"keys", "Ctrl+Q"}}});
    search.setQuery("exit"); // before the index is there
    QCOMPARE(search.count(), 1);
    QCOMPARE(search.data(search.index(0), SearchModel::TitleRole).toString(), "Quit");
    QCOMPARE(search.data(search.index(0), SearchModel::KeysRole).toString(), "Ctrl+Q");
    QSignalSpy chosen(&search, &SearchModel::commandChosen);
    search.choose(0);
    QCOMPARE(chosen.value(0).value(0).toString(), "quit");
    search.prepare();
    QTRY_VERIFY(search.ready());
    search.setQuery("tabby");
    QVERIFY(search.count() > 0);
    QCOMPARE(search.data(search.index(0), SearchModel::KindRole).toString(), "Class");
    search.choose(0);
    QCOMPARE(app.view(), "modules");
    QCOMPARE(app.stage()->name(), "prob");
    QVERIFY(app.channel()->isOpen());
    QCOMPARE(app.channel()->channel(), 281); // tabby, tabby cat
    search.setQuery("inception v3");
    search.choose(0);
    QCOMPARE(app.networkId().left(12), "inception_v3");
    search.prepare();
    QTRY_VERIFY(search.ready());
    search.setQuery("nothing is called so");
    QCOMPARE(search.count(), 0);
    search.choose(0);
    search.choose(-1);
}

QTEST_GUILESS_MAIN(TestSearch)
#include "test_search.moc"
