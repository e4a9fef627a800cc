#include "models/about.h"
#include "models/overview/overview_model.h"
#include "models/overview/strip_layout.h"

#include <QtTest>

using namespace inceptoscope;

/// Where the modules of a network stand in the strip above the stage.
class TestStripLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cardsWhereThereIsRoom();
    void theLargestGroupBecomesTiles();
    void aHeadingWidensItsGroup();
    void thenGroupsOfThree();
    void nothingToPlace();
    void everyNetworkFits_data();
    void everyNetworkFits();

private:
    static StripMetrics metrics(double width)
    {
        return {
            .width = width,
            .smallestCard = 62,
            .largestCard = 112,
            .tile = 31,
            .gap = 8,
            .cardHeight = 111};
    }
};

void TestStripLayout::cardsWhereThereIsRoom()
{
    const std::vector<StripGroup> groups = layoutStrip({{3, 50}, {2, 50}}, metrics(600));
    QCOMPARE(groups.size(), size_t(2));
    QVERIFY(!groups[0].small && !groups[1].small);
    QCOMPARE(groups[0].modules[0].width(), 112.0);
    QCOMPARE(groups[1].x, 3 * 112.0 + 8);
}

void TestStripLayout::theLargestGroupBecomesTiles()
{
    const std::vector<StripGroup> groups = layoutStrip({{5, 50}, {20, 50}, {4, 50}}, metrics(900));
    QVERIFY(!groups[0].small && groups[1].small && !groups[2].small);
    QCOMPARE(groups[1].modules.size(), size_t(20));
    QCOMPARE(groups[1].width, 7 * 31.0);
    QCOMPARE(groups[1].modules[7].topLeft(), QPointF(groups[1].x, 31));
    QVERIFY(groups[2].x + groups[2].width <= 900);
}

void TestStripLayout::aHeadingWidensItsGroup()
{
    const std::vector<StripGroup> groups = layoutStrip({{1, 90}, {1, 20}}, metrics(164));
    QCOMPARE(groups[0].width, 90.0);
    QCOMPARE(groups[0].modules[0].width(), 90.0);
    QCOMPARE(groups[1].width, 66.0);
}

/// Inception v3 with large letters: its four modules B don't make room enough, its three A do.
void TestStripLayout::thenGroupsOfThree()
{
    const std::vector<StripItem> v3{{8, 60}, {3, 95}, {1, 80}, {4, 100}, {1, 80}, {2, 80}, {3, 60}};
    const std::vector<StripGroup> groups = layoutStrip(v3, metrics(820));
    std::vector<bool> small;
    for (const StripGroup& group : groups)
        small.push_back(group.small);
    QCOMPARE(small, (std::vector<bool>{true, true, false, true, false, false, false}));
    QVERIFY(groups.back().x + groups.back().width <= 820);
    QCOMPARE(groups[1].modules[2].topLeft(), QPointF(groups[1].x + 2 * 31, 0));
    // What would stay as wide stays as it is.
    QVERIFY(!layoutStrip({{3, 200}, {4, 200}}, metrics(300))[0].small);
}

void TestStripLayout::nothingToPlace()
{
    QVERIFY(layoutStrip({}, metrics(100)).empty());
}

void TestStripLayout::everyNetworkFits_data()
{
    QTest::addColumn<QString>("id");
    for (const std::string& id : networkIds())
        QTest::newRow(id.c_str()) << QString::fromStdString(id);
}

void TestStripLayout::everyNetworkFits()
{
    QFETCH(const QString, id);
    OverviewModel overview;
    overview.show(std::make_shared<const Network>(makeNetwork(id.toStdString())));
    std::vector<StripItem> items;
    for (const QVariant& group : overview.groups()) {
        const QString title = group.toMap()["title"].toString();
        QVERIFY(!title.isEmpty());
        items.push_back({group.toMap()["count"].toInt(), double(title.size()) * 6.5 + 30});
    }
    const std::vector<StripGroup> groups = layoutStrip(items, metrics(1256));
    QVERIFY(groups.back().x + groups.back().width <= 1256);
    std::vector<QRectF> places;
    for (const StripGroup& group : groups)
        places.insert(places.end(), group.modules.begin(), group.modules.end());
    QCOMPARE(places.size(), size_t(overview.modules().size()));
    for (size_t i = 0; i < places.size(); ++i) {
        QVERIFY(places[i].bottom() <= 111 && places[i].right() <= 1256);
        for (size_t j = 0; j < i; ++j)
            QVERIFY(!places[i].adjusted(1, 1, -1, -1).intersects(places[j]));
    }
}

QTEST_GUILESS_MAIN(TestStripLayout)
#include "test_strip_layout.moc"
