// What the window knows of a picture that grows; no device, so that none does.
#include "models/channel/growth_model.h"
#include "support/test_main.h"

#include <QSignalSpy>

using namespace inceptoscope;

class TestGrowthModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingWithoutAChannel();
    void growsAndEnds();
    void stops();
    void anotherChannelBeginsAnew();
    void anotherSeedBeginsAnew();
    void strengthStaysWithinBounds();
};

namespace {

GrowthRequest target(uint32_t channel)
{
    return {
        .network = "googlenet", .weights = "synthetic", .node = "conv2/3x3", .channel = channel};
}

/// A model with what it asked for.
struct Asked
{
    GrowthModel model;
    QList<quint64> numbers;
    int cancels = 0;

    Asked()
    {
        QObject::connect(
            &model.study(), &WatchedStudy::wanted,
            [this](quint64 number, const StudyJob&) { numbers << number; });
        QObject::connect(&model.study(), &WatchedStudy::cancelWanted, [this] { ++cancels; });
    }
};

} // namespace

void TestGrowthModel::nothingWithoutAChannel()
{
    Asked asked;
    QVERIFY(!asked.model.possible());
    asked.model.start();
    QVERIFY(asked.numbers.isEmpty());
    QVERIFY(!asked.model.growing());
}

void TestGrowthModel::growsAndEnds()
{
    Asked asked;
    asked.model.setTarget(target(3));
    QVERIFY(asked.model.possible());
    asked.model.start();
    QVERIFY(asked.model.growing());
    QCOMPARE(asked.numbers.size(), 1);
    asked.model.start(); // it does already
    QCOMPARE(asked.numbers.size(), 1);
    asked.model.study().apply(asked.numbers.last() + 1, "of something else");
    QVERIFY(asked.model.growing());
    asked.model.study().apply(asked.numbers.last(), "no memory");
    QVERIFY(!asked.model.growing());
    QCOMPARE(asked.model.problem(), "no memory");
    asked.model.start();
    QVERIFY(asked.model.problem().isEmpty());
    QVERIFY(asked.numbers[1] != asked.numbers[0]);
}

void TestGrowthModel::stops()
{
    Asked asked;
    asked.model.setTarget(target(3));
    asked.model.start();
    const quint64 number = asked.numbers.last();
    asked.model.stop();
    QVERIFY(!asked.model.growing());
    QCOMPARE(asked.cancels, 1);
    asked.model.study().apply(number, "too late");
    QVERIFY(asked.model.problem().isEmpty());
    asked.model.stop();
    QCOMPARE(asked.cancels, 1); // nothing of others is cancelled
}

void TestGrowthModel::anotherChannelBeginsAnew()
{
    Asked asked;
    asked.model.setTarget(target(3));
    asked.model.start();
    asked.model.setTarget(target(3));
    QVERIFY(asked.model.growing());
    asked.model.setTarget(target(4));
    QVERIFY(!asked.model.growing());
    QCOMPARE(asked.cancels, 1);
    QVERIFY(!asked.model.hasPicture());
    asked.model.setTarget({});
    QVERIFY(!asked.model.possible());
}

void TestGrowthModel::anotherSeedBeginsAnew()
{
    Asked asked;
    asked.model.setTarget(target(3));
    asked.model.setSeed(2); // nothing grew
    QVERIFY(asked.numbers.isEmpty());
    asked.model.start();
    asked.model.setSeed(5);
    QCOMPARE(asked.cancels, 1);
    QCOMPARE(asked.numbers.size(), 2);
    QVERIFY(asked.model.growing());
    asked.model.setSeed(99);
    QCOMPARE(asked.model.seed(), GrowthModel::seeds());
}

void TestGrowthModel::strengthStaysWithinBounds()
{
    GrowthModel model;
    model.setStrength(7);
    QCOMPARE(model.strength(), 1.0);
    model.setStrength(-1);
    QCOMPARE(model.strength(), 0.0);
}

INCEPTOSCOPE_TEST_MAIN(TestGrowthModel)
#include "test_growth_model.moc"
