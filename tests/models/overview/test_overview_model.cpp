#include "models/app_fixture.h"

#include <QSignalSpy>
#include <QtTest>

using namespace inceptoscope;

class TestOverviewModel : public QObject, private AppFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void stepping();
    void homeAndEnd();
    void auxiliaryHeadsAreSteppedFromWhereTheyBranchOff();
    void playRunsToTheEndAndStops();
    void groups();
    void groupSteps();
    void snapshotFillsOverview();
};

void TestOverviewModel::stepping()
{
    OverviewModel& overview = *m_app->overview();
    // It begins with what the network is about.
    QCOMPARE(overview.current(), int(id("inception_3a")));
    QCOMPARE(m_app->stage()->title(), "Inception 3a");
    overview.toFirst();
    overview.step(-1);
    QCOMPARE(overview.position(), 0);
    overview.step(1);
    QCOMPARE(overview.current(), int(id("conv1")));
    QCOMPARE(m_app->stage()->title(), "Convolution 1");
    overview.step(1000);
    QCOMPARE(overview.current(), int(id("prob")));
}

void TestOverviewModel::homeAndEnd()
{
    m_app->overview()->toLast();
    QCOMPARE(m_app->stage()->name(), "prob");
    m_app->overview()->toFirst();
    QCOMPARE(m_app->overview()->position(), 0);
}

void TestOverviewModel::auxiliaryHeadsAreSteppedFromWhereTheyBranchOff()
{
    OverviewModel& overview = *m_app->overview();
    QCOMPARE(overview.auxiliaries().size(), 2);
    overview.setCurrent(int(id("loss1")));
    QVERIFY(m_app->stage()->auxiliary());
    QCOMPARE(m_app->stage()->ops().size(), 4);
    overview.step(1);
    QCOMPARE(overview.current(), int(id("inception_4b")));
}

void TestOverviewModel::playRunsToTheEndAndStops()
{
    OverviewModel& overview = *m_app->overview();
    overview.setPlayInterval(1);
    overview.toFirst();
    QSignalSpy spy(&overview, &OverviewModel::currentChanged);
    overview.togglePlay();
    QVERIFY(overview.playing());
    QTRY_VERIFY(!overview.playing());
    QCOMPARE(overview.current(), int(id("prob")));
    QCOMPARE(spy.count(), int(overview.modules().size()) - 1);
    // Once more, from the end: starts over.
    overview.togglePlay();
    QCOMPARE(overview.position(), 0);
    overview.stopPlay();
    QVERIFY(!overview.playing());
}

void TestOverviewModel::groups()
{
    QStringList titles;
    int covered = 0;
    for (const QVariant& group : m_app->overview()->groups()) {
        titles << group.toMap()["title"].toString();
        QCOMPARE(group.toMap()["first"].toInt(), covered);
        covered += group.toMap()["count"].toInt();
    }
    QCOMPARE(titles, (QStringList{"Stem", "Inception 3", "Inception 4", "Inception 5", "Head"}));
    QCOMPARE(covered, int(m_app->overview()->modules().size()));
    QCOMPARE(m_app->overview()->groupShares().size(), titles.size());
    m_app->setNetworkId("inception_v3");
    titles.clear();
    for (const QVariant& group : m_app->overview()->groups())
        titles << group.toMap()["title"].toString();
    QCOMPARE(
        titles, (QStringList{
                    "Stem", "Inception-A", "Reduction-A", "Inception-B", "Reduction-B",
                    "Inception-C", "Head"}));
    QCOMPARE(m_app->overview()->groups()[3].toMap()["article"].toString(), "module B (figure 6)");
}

void TestOverviewModel::groupSteps()
{
    OverviewModel& overview = *m_app->overview();
    overview.setCurrent(int(id("inception_4c")));
    overview.stepGroup(-1);
    QCOMPARE(overview.current(), int(id("inception_4a")));
    overview.stepGroup(-1);
    QCOMPARE(overview.current(), int(id("inception_3a")));
    overview.stepGroup(1);
    overview.stepGroup(1);
    QCOMPARE(overview.current(), int(id("inception_5a")));
    overview.stepGroup(-100);
    QCOMPARE(overview.position(), 0);
    overview.stepGroup(100);
    QCOMPARE(overview.current(), int(id("pool5")));
}

void TestOverviewModel::snapshotFillsOverview()
{
    OverviewModel& overview = *m_app->overview();
    overview.setCurrent(int(id("inception_5a")));
    QCOMPARE(overview.shareOf(), "MACs");
    m_app->onSnapshot(fakePartialSnapshot(run(), id("inception_5a"), id("inception_4a")));
    QVERIFY(overview.modules()[3]->done());
    QVERIFY(!overview.modules().back()->done());
    QVERIFY(m_app->run()->top().isEmpty());
    m_app->onSnapshot(fakeSnapshot(run(), id("inception_5a")));
    QVERIFY(overview.modules().back()->done());
    QCOMPARE(overview.shareOf(), "time");
    QCOMPARE(m_app->run()->top().size(), 5);
    QCOMPARE(m_app->run()->top()[0].toMap()["label"].toString(), "Egyptian cat");
    QCOMPARE(m_app->run()->top()[0].toMap()["text"].toString(), "61.2\u00A0%");
    QVERIFY(m_app->run()->complete());
    QVERIFY(m_app->stage()->complete());
    QVERIFY(m_app->run()->weightsKnown() && !m_app->run()->trained());
}

QTEST_GUILESS_MAIN(TestOverviewModel)
#include "test_overview_model.moc"
