// The queue of what is measured beside the network on show.
#include "engine/engine_listener.h"
#include "engine/measuring_site.h"
#include "error.h"
#include "support/test_main.h"

#include <atomic>
#include <thread>

using namespace inceptoscope;

namespace {

/// An engine, and in which order it said what.
struct Told
{
    Told()
    {
        QObject::connect(
            &engine, &Engine::measuringChanged, &engine,
            [this](const MeasuringState& state) { states.push_back(state); });
        QObject::connect(
            &engine, &Engine::studyDone, &engine,
            [this](quint64 number, const StudyResult& result, const QString&) {
                events << QStringLiteral("study %1%2").arg(number).arg(result ? "" : " none");
            });
        QObject::connect(&engine, &Engine::pairReady, &engine, [this] { events << "pair"; });
        QObject::connect(&engine, &Engine::comparisonRow, &engine, [this] { events << "row"; });
        QObject::connect(
            &engine, &Engine::comparisonFinished, &engine,
            [this](quint64, bool complete) { events << (complete ? "finished" : "ended"); });
    }
    [[nodiscard]] bool waitFor(const std::function<bool()>& done)
    {
        return QTest::qWaitFor(done, patience);
    }
    [[nodiscard]] MeasuringState state() const
    {
        return states.empty() ? MeasuringState{} : states.back();
    }
    [[nodiscard]] bool isMeasured(StudyKind kind) const { return state().measured == kind; }

    Engine engine;
    std::vector<MeasuringState> states;
    QStringList events;
};

/// Measures until it is let go.
struct Gate
{
    std::shared_ptr<std::atomic<bool>> open = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<std::atomic<int>> begun = std::make_shared<std::atomic<int>>(0);

    [[nodiscard]] StudyJob job() const
    {
        return [open = open, begun = begun](const MeasuringSite& site) -> StudyResult {
            ++*begun;
            while (!*open) {
                if (!site.goOn(0.5))
                    throw Error(ErrorKind::Cancelled, "measuring was cancelled");
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return std::make_shared<const int>(1);
        };
    }
};

StudyJob atOnce()
{
    return [](const MeasuringSite&) -> StudyResult { return std::make_shared<const int>(1); };
}

ModulePairRequest smallPair()
{
    return {
        .number = 7,
        .modules =
            {ModuleChoice{.network = "googlenet", .module = "inception_3a"},
             ModuleChoice{.network = "googlenet", .module = "inception_3b"}},
        .input = {192, 14, 14},
        .runs = 2};
}

ComparisonRequest smallComparison(size_t runs = 1)
{
    return {.number = 9, .entries = {{.network = "googlenet_bn"}}, .inputSize = 96, .runs = runs};
}

using Kinds = std::vector<StudyKind>;

} // namespace

class TestStudies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAfterTheOther();
    void cancelledWhileItWaits();
    void newerOfAKind();
    void comparisonsMakeRoom();
    void newPicturesGoFirst();
    void notWhilePicturesAreLive();
};

/// In the order in which they were asked for, the comparison last; everybody is told who waits.
void TestStudies::oneAfterTheOther()
{
    Told told;
    const Gate gate;
    told.engine.study(StudyKind::Experiment, 1, gate.job());
    QVERIFY(told.waitFor([&] { return told.isMeasured(StudyKind::Experiment); }));
    QCOMPARE(told.state().work, DeviceWork::Study);
    QVERIFY(told.state().waiting.empty());
    told.engine.compare(smallComparison());
    QVERIFY(told.waitFor([&] { return told.state().waiting == Kinds{StudyKind::Comparison}; }));
    told.engine.measurePair(smallPair());
    const Kinds both = {StudyKind::Pair, StudyKind::Comparison};
    QVERIFY(told.waitFor([&] { return told.state().waiting == both; }));
    told.engine.study(StudyKind::Evidence, 2, atOnce());
    const Kinds all = {StudyKind::Pair, StudyKind::Evidence, StudyKind::Comparison};
    QVERIFY(told.waitFor([&] { return told.state().waiting == all; }));
    QVERIFY(told.isMeasured(StudyKind::Experiment));
    QCOMPARE(*gate.begun, 1); // nobody who waits interrupts it
    *gate.open = true;
    QVERIFY(told.waitFor([&] { return told.events.contains("finished"); }));
    QCOMPARE(told.events, (QStringList{"study 1", "pair", "study 2", "row", "finished"}));
    QVERIFY(told.waitFor([&] { return told.state() == MeasuringState{}; }));
    // Each was said to be measured, in turn.
    Kinds measured;
    for (const MeasuringState& state : told.states)
        if (state.measured && (measured.empty() || measured.back() != *state.measured))
            measured.push_back(*state.measured);
    QCOMPARE(
        measured,
        (Kinds{
            StudyKind::Experiment, StudyKind::Pair, StudyKind::Evidence, StudyKind::Comparison}));
}

void TestStudies::cancelledWhileItWaits()
{
    Told told;
    const Gate gate;
    told.engine.study(StudyKind::Experiment, 1, gate.job());
    told.engine.measurePair(smallPair());
    told.engine.compare(smallComparison());
    const Kinds both = {StudyKind::Pair, StudyKind::Comparison};
    QVERIFY(told.waitFor([&] { return told.state().waiting == both; }));
    told.engine.cancelPair();
    QVERIFY(told.waitFor([&] { return told.state().waiting == Kinds{StudyKind::Comparison}; }));
    told.engine.cancelComparison();
    QVERIFY(told.waitFor([&] { return told.state().waiting.empty(); }));
    QVERIFY(told.isMeasured(StudyKind::Experiment));
    // The one under way, too: its asker doesn't wait for an answer.
    told.engine.cancelStudy(StudyKind::Experiment);
    QVERIFY(told.waitFor([&] { return told.state() == MeasuringState{}; }));
    told.engine.study(StudyKind::Experiment, 3, atOnce());
    QVERIFY(told.waitFor([&] { return told.events.contains("study 3"); }));
    QCOMPARE(told.events, (QStringList{"ended", "study 3"}));
}

/// One of a kind: the newer one is measured, and who asked for the older is told.
void TestStudies::newerOfAKind()
{
    Told told;
    const Gate first;
    const Gate second;
    told.engine.study(StudyKind::Evidence, 1, first.job());
    QVERIFY(told.waitFor([&] { return *first.begun == 1; }));
    told.engine.study(StudyKind::Evidence, 2, second.job());
    QVERIFY(told.waitFor([&] { return *second.begun == 1; }));
    QCOMPARE(told.events, QStringList{"study 1 none"});
    *second.open = true;
    QVERIFY(told.waitFor([&] { return told.events.contains("study 2"); }));
    QCOMPARE(told.events, (QStringList{"study 1 none", "study 2"}));
    QCOMPARE(*first.begun, 1);
}

/// It takes minutes; who looks at two modules meanwhile doesn't wait for its end.
void TestStudies::comparisonsMakeRoom()
{
    Told told;
    QSignalSpy progress(&told.engine, &Engine::comparisonProgress);
    told.engine.compare(smallComparison(100'000));
    QVERIFY(told.waitFor([&] { return !progress.isEmpty(); }));
    const Gate gate;
    told.engine.study(StudyKind::Experiment, 1, gate.job());
    QVERIFY(told.waitFor([&] { return told.isMeasured(StudyKind::Experiment); }));
    QCOMPARE(told.state().waiting, Kinds{StudyKind::Comparison});
    *gate.open = true;
    QVERIFY(told.waitFor([&] { return told.isMeasured(StudyKind::Comparison); }));
    progress.clear();
    QVERIFY(told.waitFor([&] { return !progress.isEmpty(); })); // it goes on
    told.engine.cancelComparison();
    QVERIFY(told.waitFor([&] { return told.events.contains("ended"); }));
    QCOMPARE(told.events, (QStringList{"study 1", "ended"}));
}

/// What is under way waits for the run on a new picture, says so, and begins anew.
void TestStudies::newPicturesGoFirst()
{
    Told told;
    told.engine.setPicture(picture(), "first");
    told.engine.open("googlenet_bn", "synthetic");
    const Gate gate;
    told.engine.study(StudyKind::Experiment, 1, gate.job());
    QVERIFY(told.waitFor([&] { return *gate.begun == 1; }));
    const size_t before = told.states.size();
    told.engine.setPicture(picture(9), "second");
    QVERIFY(told.waitFor([&] { return *gate.begun >= 2; }));
    const bool said = std::any_of(
        told.states.begin() + std::ptrdiff_t(before), told.states.end(),
        [](const MeasuringState& state) {
            return state.work == DeviceWork::Run && state.waiting == Kinds{StudyKind::Experiment};
        });
    QVERIFY(said);
    *gate.open = true;
    QVERIFY(told.waitFor([&] { return told.events == QStringList{"study 1"}; }));
}

/// Between two frames it would begin in vain.
void TestStudies::notWhilePicturesAreLive()
{
    Told told;
    told.engine.open("googlenet_bn", "synthetic");
    quint64 shown = 0;
    bool live = true;
    const auto send = [&] {
        told.engine.showFrame(
            picture(int(shown)).convertToFormat(QImage::Format_RGBX8888), "frame",
            {.frame = ++shown, .captured = std::chrono::steady_clock::now()});
    };
    QObject::connect(&told.engine, &Engine::snapshotReady, &told.engine, [&] {
        if (live)
            send();
    });
    send();
    QVERIFY(told.waitFor([&] { return shown > 2; }));
    const Gate gate;
    *gate.open = true;
    told.engine.study(StudyKind::Experiment, 1, gate.job());
    QVERIFY(told.waitFor([&] { return told.state().work == DeviceWork::Live; }));
    QCOMPARE(told.state().waiting, Kinds{StudyKind::Experiment});
    const quint64 then = shown;
    QVERIFY(told.waitFor([&] { return shown > then + 5; }));
    QCOMPARE(*gate.begun, 0);
    live = false;
    QVERIFY(told.waitFor([&] { return told.events == QStringList{"study 1"}; }));
    QCOMPARE(*gate.begun, 1);
}

INCEPTOSCOPE_TEST_MAIN(TestStudies)
#include "test_studies.moc"
