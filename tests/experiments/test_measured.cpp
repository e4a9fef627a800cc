// What experiments measure, on the machine's device with the trained weights that come with the
// program.
#include "engine/picture.h"
#include "error.h"
#include "experiments/run_experiment.h"
#include "experiments/study.h"
#include "support/test_main.h"
#include "vulkan/device.h"
#include "vulkan/pipeline.h"
#include "weights/synthetic.h"

#include <QtTest>

#include <cmath>

using namespace inceptoscope;

class TestMeasured : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void sidesRunInTurns();
    void sidesArriveOneByOne();
    void aSliderKeepsWhatItDoesNotMove();
    void sessionsShareWhatIsCompiled();
    void poolProjection();
    void reductionWidth();
    void bottleneck();
    void labelSmoothing();
    void auxiliaryHeads();
    void vanishingGradient();
    void vanishingGradientOfTrainedWeights();
    void batchNorm();
    void residualScale();
    void kernelSizes();
    void cancelled();
    void asAStudy();
    void mapsOfRealModules();

private:
    [[nodiscard]] ExperimentReport
    measured(const std::string& id, const std::vector<std::string>& set = {});

    std::unique_ptr<Instance> m_instance;
    std::unique_ptr<Device> m_device;
    std::unique_ptr<ExperimentBench> m_bench; ///< of all: the network runs on the picture once
    ExperimentSubject m_subject;
};

namespace {

std::string textOf(const ExperimentReport& report, const std::string& name)
{
    for (const ExperimentFigure& figure : report.figures)
        if (figure.name == name)
            return std::get<std::string>(figure.value);
    return {};
}

std::vector<double> columnOf(const ExperimentReport& report, const std::string& name, size_t column)
{
    std::vector<double> values;
    for (const ExperimentFigure& figure : report.figures)
        if (figure.name == name)
            for (const auto& row : std::get<ExperimentTable>(figure.value).rows)
                values.push_back(std::get<double>(row[column]));
    return values;
}

} // namespace

void TestMeasured::initTestCase()
{
    m_instance = std::make_unique<Instance>();
    m_device = std::make_unique<Device>(*m_instance, std::string());
    const QString resources = QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/");
    m_subject.picture.load(resources + "pictures/chelsea.png");
    QVERIFY(!m_subject.picture.isNull());
    m_subject.weights = (resources + "weights/googlenet_bn.safetensors").toStdString();
    const MeasuringSite site{.device = *m_device, .goOn = [](double) { return true; }};
    m_bench = std::make_unique<ExperimentBench>(site, m_subject, Effort{.runs = 2});
}

void TestMeasured::cleanupTestCase()
{
    m_bench.reset();
    m_device.reset();
    m_instance.reset();
}

ExperimentReport TestMeasured::measured(const std::string& id, const std::vector<std::string>& set)
{
    const Experiment& experiment = experimentNamed(id);
    ExperimentReport report =
        countExperiment(experiment, settingValues(id, experiment.settings, set));
    measureExperiment(experiment, report, *m_bench);
    return report;
}

void TestMeasured::sidesRunInTurns()
{
    const ExperimentReport report = measured("two-3x3", {"channels=16"});
    QCOMPARE(report.sides[0].times.runs, 3U); // the first one once more than the others
    QCOMPARE(report.sides[1].times.runs, 2U);
    QVERIFY(report.sides[1].timeRatio.known() && report.sides[2].timeRatio.known());
    QVERIFY(report.verdict.holds.has_value());
    QVERIFY(report.input.ends_with("of the picture"));
}

/// A side's times are there as soon as it has run once; without time for more, once is all.
void TestMeasured::sidesArriveOneByOne()
{
    const Experiment& experiment = experimentNamed("stems");
    ExperimentReport report = countExperiment(experiment, standardValues(experiment.settings));
    std::vector<size_t> known;
    const auto timed = [](const ExperimentSide& side) { return side.times.runs > 0; };
    const MeasuringSite site{
        .device = *m_device,
        .goOn = [](double) { return true; },
        .partly =
            [&](const StudyResult& part) {
                const auto& sides = static_cast<const ExperimentReport*>(part.get())->sides;
                known.push_back(size_t(std::ranges::count_if(sides, timed)));
            }};
    ExperimentBench bench(site, m_subject, {.runs = 5, .seconds = 0});
    measureExperiment(experiment, report, bench);
    QCOMPARE(known, (std::vector<size_t>{1, 2, 3, 4, 5, 6}));
    QCOMPARE(report.sides[0].times.runs, 2U); // once more, so that the others stand between two
    for (size_t i = 1; i < report.sides.size(); ++i) {
        QCOMPARE(report.sides[i].times.runs, 1U);
        QVERIFY(report.sides[i].timeRatio.known());
    }
}

void TestMeasured::aSliderKeepsWhatItDoesNotMove()
{
    const Experiment& stems = experimentNamed("stems");
    ExperimentReport before = measured("stems");
    ExperimentReport after =
        countExperiment(stems, settingValues(stems.id, stems.settings, {"steps_of=googlenet"}));
    keepTimes(before, after);
    size_t sessions = 0;
    const MeasuringSite site{
        .device = *m_device,
        .goOn = [&](double) { return ++sessions > 0; },
        .partly = [&](const StudyResult&) { ++sessions; }};
    ExperimentBench bench(site, m_subject, {.runs = 2});
    measureExperiment(stems, after, bench);
    QCOMPARE(sessions, 0U); // nothing was made and nothing was run
    QVERIFY(after.measured);
    for (size_t i = 0; i < after.sides.size(); ++i)
        QCOMPARE(after.sides[i].times.median, before.sides[i].times.median);
    QCOMPARE(after.ratioOf("time"), before.ratioOf("time"));
    // A stack's scale moves: the other scales are known.
    (void)measured("residual-scale", {"filters=256", "blocks=5", "scale=0.5"});
    sessions = 0;
    const Experiment& stack = experimentNamed("residual-scale");
    ExperimentReport shorter = countExperiment(
        stack, settingValues(stack.id, stack.settings, {"filters=256", "blocks=3", "scale=0.5"}));
    measureExperiment(stack, shorter, bench);
    QCOMPARE(shorter.plots[0].curves[0].x.size(), 3U);
    QCOMPARE(sessions, 4U); // four scales were shown, none was run
}

/// Another session of the same layers compiles nothing, and finds the same.
void TestMeasured::sessionsShareWhatIsCompiled()
{
    const Experiment& experiment = experimentNamed("two-3x3");
    const ExperimentReport report =
        countExperiment(experiment, settingValues(experiment.id, experiment.settings, {}));
    const Graph& graph = report.sides[1].network->graph;
    const auto weights = syntheticWeights(graph, "");
    const std::vector<float> input(graph[graph.input()].shape.elements(), 0.5F);
    const NodeId output = NodeId(graph.size() - 1);
    const auto resultsOn = [&](Pipelines* pipelines) {
        const MeasuringSite site{
            .device = *m_device, .goOn = [](double) { return true; }, .pipelines = pipelines};
        const ExperimentBench bench(site, m_subject, {});
        return bench.run(graph, *weights, input, {output}).front();
    };
    Pipelines pipelines(*m_device);
    const std::vector<float> alone = resultsOn(nullptr);
    QCOMPARE(pipelines.count(), 0U);
    QVERIFY(resultsOn(&pipelines) == alone);
    const size_t count = pipelines.count();
    QVERIFY(count > 0);
    QVERIFY(resultsOn(&pipelines) == alone);
    QCOMPARE(pipelines.count(), count);
}

void TestMeasured::poolProjection()
{
    const ExperimentReport report = measured("pool-projection");
    QVERIFY(*report.number("relative_difference_percent") > 1);
    QCOMPARE(report.verdict.holds, std::optional(true));
}

/// Nothing is lost at full rank, and no less with a narrower reduction.
void TestMeasured::reductionWidth()
{
    const ExperimentReport report = measured("reduction-width");
    const std::vector<double> lost = columnOf(report, "lost_by_width", 1);
    QCOMPARE(lost.size(), 10U);
    QVERIFY(lost.front() > 10 && lost.front() <= 110);
    QVERIFY(lost.back() < 1e-2);
    QVERIFY(*report.number("lost_percent") < lost.front());
}

void TestMeasured::bottleneck()
{
    const ExperimentReport report = measured("bottleneck", {"grid=9", "channels=40"});
    const double parallel = *report.number("lost_percent_parallel");
    QVERIFY(parallel > 0 && parallel < 100);
    QVERIFY(parallel < *report.number("lost_percent_pool_then_inception"));
}

void TestMeasured::labelSmoothing()
{
    const ExperimentReport none = measured("label-smoothing", {"epsilon=0"});
    QVERIFY(std::abs(*none.number("loss") - *none.number("loss_smoothed")) < 1e-12);
    const ExperimentReport some = measured("label-smoothing");
    QVERIFY(*some.number("loss_smoothed") > *some.number("loss"));
    // 100 classes: log((0.9 + 0.001) / 0.001).
    QVERIFY(std::abs(*some.number("optimal_logit_gap_here") - std::log(901.0)) < 1e-9);
    // A gradient of probabilities less targets adds up to nothing; here of the first five.
    for (const double gradient : columnOf(some, "classes", 3))
        QVERIFY(std::abs(gradient) <= 1);
    const auto wrong = [&] { (void)measured("label-smoothing", {"label=999"}); };
    QVERIFY_THROWS_EXCEPTION(Error, wrong());
}

void TestMeasured::auxiliaryHeads()
{
    const ExperimentReport report = measured("auxiliary-heads");
    const std::vector<double> losses = columnOf(report, "losses", 1);
    const std::vector<double> weights = columnOf(report, "losses", 2);
    double total = 0;
    for (size_t i = 0; i < losses.size(); ++i)
        total += losses[i] * weights[i];
    QVERIFY(std::abs(total - *report.number("total_loss")) < 1e-9);
    QVERIFY(!textOf(report, "heads_trained").empty());
}

/// The oracle's network, picture, label and smoothing (../shared/oracle/gradients, the group norms
/// of own_bvlc_googlenet), which its README gives to three digits as well.
void TestMeasured::vanishingGradient()
{
    const Experiment& experiment = experimentNamed("vanishing-gradient");
    ExperimentReport report = countExperiment(experiment, standardValues(experiment.settings));
    const MeasuringSite site{.device = *m_device, .goOn = [](double) { return true; }};
    ExperimentBench bench(site, {.picture = {}, .weights = m_subject.weights}, {.runs = 1});
    measureExperiment(experiment, report, bench);
    const auto nearly = [&](const char* name, double expected) {
        const double found = *report.number(name);
        if (std::abs(found / expected - 1) >= 2e-3)
            qWarning() << name << found;
        return std::abs(found / expected - 1) < 2e-3;
    };
    QVERIFY(nearly("gradient_first", 0.4946674661));
    QVERIFY(nearly("gradient_last", 0.2680085354));
    QVERIFY(nearly("gradient_first_with", 0.5863));
    QVERIFY(nearly("loss_with", 696.6324276));
    QCOMPARE(textOf(report, "label"), std::string("class 295"));
    QVERIFY(*report.number("change_behind_heads") < 1e-6);
    // First layer, 4a that the first head stands on, and 4e behind both.
    const std::vector<double> without = columnOf(report, "modules", 2);
    const std::vector<double> with = columnOf(report, "modules", 4);
    QCOMPARE(without.size(), report.plots[0].curves[0].x.size());
    QVERIFY(std::abs(without[7] / 0.4902800119 - 1) < 2e-3);
    QVERIFY(std::abs(with[7] / 0.5382 - 1) < 2e-3);
    QVERIFY(std::abs(with[11] / 0.3576956866 - 1) < 2e-3);
    QCOMPARE(report.verdict.holds, std::optional(false)); // it doesn't fade
    QVERIFY(report.verdict.text.ends_with("from 0.495 to 0.586"));
}

/// A network of 100 classes; other weights than its own are refused in a sentence.
void TestMeasured::vanishingGradientOfTrainedWeights()
{
    const ExperimentReport report =
        measured("vanishing-gradient", {"weights=trained", "network=googlenet_bn", "weight=0"});
    QVERIFY(*report.number("gradient_first") > 0);
    if (const auto gain = report.number("gain_first"))
        QVERIFY(std::abs(*gain - 1) < 1e-6);
    try {
        (void)measured("vanishing-gradient", {"weights=trained"});
        QFAIL("GoogLeNet has none here");
    } catch (const Error& error) {
        QCOMPARE(
            QByteArray(error.what()),
            QByteArray("--set weights=trained: no trained weights of GoogLeNet (Inception v1) are "
                       "here; see what there is with: inceptoscope weights list"));
    }
}

void TestMeasured::batchNorm()
{
    const ExperimentReport report = measured("batch-norm");
    QVERIFY(*report.number("folded_error") < 1e-5);
    QVERIFY(*report.number("range_with") < *report.number("range_without"));
    QCOMPARE(report.verdict.holds, std::optional(true));
}

void TestMeasured::residualScale()
{
    const ExperimentReport report =
        measured("residual-scale", {"filters=256", "blocks=6", "scale=0"});
    // Without residuals nothing changes; with all of them it grows.
    QVERIFY(std::abs(*report.number("variance_at_0") - 1) < 1e-6);
    QVERIFY(std::abs(*report.number("variance_at_0.1") - 1) < 0.5);
    QVERIFY(*report.number("variance_at_1") > 2 * *report.number("variance_at_0.3"));
    QCOMPARE(report.plots[0].curves[0].x.size(), 6U);
}

void TestMeasured::kernelSizes()
{
    const ExperimentReport report = measured("kernel-sizes");
    QCOMPARE(report.plots[0].curves.size(), 4U);
    for (const ExperimentCurve& curve : report.plots[0].curves) {
        QCOMPARE(curve.x.size(), 9U);
        QVERIFY(std::abs(*std::ranges::max_element(curve.y) - 1) < 1e-12);
    }
}

void TestMeasured::cancelled()
{
    const Experiment& experiment = experimentNamed("asymmetric");
    ExperimentReport report = countExperiment(experiment, standardValues(experiment.settings));
    int calls = 0;
    const MeasuringSite site{.device = *m_device, .goOn = [&](double) { return ++calls < 8; }};
    ExperimentBench bench(site, m_subject, {.runs = 1000});
    try {
        measureExperiment(experiment, report, bench);
        QFAIL("it went on");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Cancelled);
    }
    QVERIFY(!report.measured);
}

/// With the maps of its sides, as the window asks for it.
void TestMeasured::asAStudy()
{
    const Experiment& experiment = experimentNamed("two-3x3");
    ExperimentStudy study{.experiment = experiment.id, .report = {}, .effort = {.runs = 1}};
    study.report = countExperiment(
        experiment, settingValues(experiment.id, experiment.settings, {"channels=16"}));
    study.picture = m_subject.picture;
    study.weights = m_subject.weights;
    const MeasuringSite site{.device = *m_device, .goOn = [](double) { return true; }};
    const auto report =
        std::static_pointer_cast<const ExperimentReport>(studyJob(std::move(study))(site));
    QVERIFY(report->measured);
    for (const ExperimentSide& side : report->sides) {
        QVERIFY(side.snapshot && side.snapshot->shown);
        QVERIFY(side.snapshot->shown->find(side.network->graph.size() - 1) != nullptr);
    }
}

/// Of trained weights only: those that come with the program are of v1.
void TestMeasured::mapsOfRealModules()
{
    const Experiment& experiment = experimentNamed("family");
    const MeasuringSite site{.device = *m_device, .goOn = [](double) { return true; }};
    const auto stopped = [&](const char* stop) {
        ExperimentStudy study{
            .experiment = experiment.id, .report = {}, .effort = {.runs = 1, .seconds = 0}};
        study.report =
            countExperiment(experiment, settingValues(experiment.id, experiment.settings, {stop}));
        study.picture = m_subject.picture;
        study.weights = m_subject.weights;
        return std::static_pointer_cast<const ExperimentReport>(studyJob(std::move(study))(site));
    };
    const auto v1 = stopped("stop=2");
    const ExperimentSide& side = v1->sides[0];
    QVERIFY(side.real.has_value());
    QCOMPARE(side.network->id, std::string("googlenet")); // what is counted is the paper's
    QCOMPARE(side.cost.macs, 128'049'152ULL);
    const Graph& graph = side.real->network->graph;
    QCOMPARE(graph.modules()[side.real->module].name, std::string("inception3a"));
    const NodeId output = graph.modules()[side.real->module].output;
    QVERIFY(side.real->snapshot->shown && side.real->snapshot->shown->find(output) != nullptr);
    QVERIFY(side.realText.starts_with("Maps: Inception 3a of GoogLeNet with batch norm"));
    QVERIFY(side.realText.ends_with("a 3x3 in place of the 5x5")); // other than what is counted
    const auto v4 = stopped("stop=7");
    QVERIFY(!v4->sides[0].real.has_value());
    QVERIFY(v4->sides[0].realText.find("no trained weights of Inception v4") != std::string::npos);
}

INCEPTOSCOPE_TEST_MAIN(TestMeasured)
#include "test_measured.moc"
