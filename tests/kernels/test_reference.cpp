#include "error.h"
#include "kernels/embedded_cases.h"
#include "reference/reference.h"
#include "support/op_cases.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <set>

using namespace inceptoscope;

/// The CPU reference that the kernels are measured against is itself right.
class TestReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convolvesByHand();
    void convolvesInGroups();
    void averagesByHand();
    void adaptsByHand();
    void normalisesByHand();
    void embedded();
    void everyCase();
    void casesGiveExactlyTheNeededTensors();
    void refusesWeightsThatDontFit();
    void measuresDistance();

private:
    static void checkAll(const OpCases& cases);
};

/// Values carry nine digits; some parameters (LRN's alpha, a residual's 0.17) are float32.
constexpr double opBound = 1e-8;
/// Mean and scale of a Preprocessing are float32: 0.485F is off by 1.4e-8, relatively.
constexpr double preprocessBound = 1e-7;

static std::vector<double> counting(size_t n)
{
    std::vector<double> values(n);
    std::iota(values.begin(), values.end(), 1.0);
    return values;
}

void TestReference::convolvesByHand()
{
    // 1 2 3    2x2 kernel 1 10 / 100 1000, stride 2, one zero column right and one row below.
    // 4 5 6
    // 7 8 9
    const std::vector<double> image = counting(9);
    const Conv2d op{
        .outChannels = 1,
        .kernel = {2, 2},
        .stride = {2, 2},
        .padding = {.right = 1, .bottom = 1},
        .activation = Activation::None};
    const ReferenceWeights weights{.weight = {1, 10, 100, 1000}, .bias = {0.5}};
    const std::vector<double> expected = {5421.5, 603.5, 87.5, 9.5};
    QCOMPARE(referenceOp(op, {{{1, 3, 3}, image}}, weights), expected);
}

void TestReference::convolvesInGroups()
{
    // Two input channels, each read by two output channels; scale and ReLU come last.
    const std::vector<double> image = {1, 2};
    const Conv2d op{
        .outChannels = 4,
        .groups = 2,
        .bias = false,
        .activation = Activation::Relu,
        .scale = 0.5F};
    const ReferenceWeights weights{.weight = {10, -20, 30, 40}};
    const std::vector<double> expected = {5, 0, 30, 40};
    QCOMPARE(referenceOp(op, {{{2, 1, 1}, image}}, weights), expected);
}

void TestReference::averagesByHand()
{
    // Ceil mode on 1 2 3 4 with padding 1: windows [-1,2), [1,4), [3,6); the last ends at the
    // padding's end, 5, which is its divisor when padding counts.
    const std::vector<double> row = counting(4);
    Pool2d op{
        .kind = PoolKind::Average,
        .kernel = {1, 3},
        .stride = {1, 2},
        .padding = {.left = 1, .right = 1},
        .ceilMode = true,
        .countIncludePad = true};
    QCOMPARE(referenceOp(op, {{{1, 1, 4}, row}}), (std::vector<double>{1, 3, 2}));
    op.countIncludePad = false;
    QCOMPARE(referenceOp(op, {{{1, 1, 4}, row}}), (std::vector<double>{1.5, 3, 4}));
    op.kind = PoolKind::Max;
    QCOMPARE(referenceOp(op, {{{1, 1, 4}, row}}), (std::vector<double>{2, 4, 4}));
}

void TestReference::adaptsByHand()
{
    // 5 columns to 3: [0,2), [1,4), [3,5).
    const std::vector<double> row = counting(5);
    const std::vector<double> expected = {1.5, 3, 4.5};
    QCOMPARE(referenceOp(AdaptiveAvgPool2d{.out = {1, 3}}, {{{1, 1, 5}, row}}), expected);
}

void TestReference::normalisesByHand()
{
    const std::vector<double> channels = {1, 2, 3};
    const Lrn op{.size = 3, .alpha = 3, .beta = 1, .k = 1};
    const std::vector<double> expected = {1.0 / 6, 2.0 / 15, 3.0 / 14};
    const auto actual = referenceOp(op, {{{3, 1, 1}, channels}});
    QVERIFY(relativeL2(actual, expected) <= 1e-15);
}

void TestReference::checkAll(const OpCases& cases)
{
    for (const OpCase& c : cases.ops) {
        QCOMPARE(c.inputs.size(), c.expected.size());
        for (size_t n = 0; n < c.inputs.size(); ++n) {
            QCOMPARE(c.inputs[n].size(), c.graph[0].shape.elements());
            const auto values = referenceRun(c.graph, c.weights, c.inputs[n]);
            const double error = relativeL2(values[c.output], c.expected[n]);
            QVERIFY2(error <= opBound, qPrintable(QString("%1: %2").arg(c.id.c_str()).arg(error)));
        }
    }
    for (const PreprocessCase& c : cases.preprocess) {
        const double error = relativeL2(referencePreprocess(c.planes, c.preprocessing), c.expected);
        QVERIFY2(
            error <= preprocessBound, qPrintable(QString("%1: %2").arg(c.id.c_str()).arg(error)));
        QCOMPARE(c.rgba().size(), size_t(c.width) * c.height * 4);
        QCOMPARE(c.rgba()[5], c.planes[c.planes.size() / 3 + 1]);
    }
}

void TestReference::embedded()
{
    const OpCases cases = parseOpCases(embeddedCases);
    QCOMPARE(cases.ops.size(), size_t(8));
    QCOMPARE(cases.preprocess.size(), size_t(1));
    checkAll(cases);
}

void TestReference::everyCase()
{
    REQUIRE_SHARED("oracle/ops.json");
    const OpCases cases = loadOpCases(sharedPath("oracle/ops.json").toStdString());
    checkAll(cases);
    std::set<std::string> ops;
    for (const OpCase& c : cases.ops)
        ops.insert(c.op);
    const std::set<std::string> expected = {
        "conv", "pool",    "adaptive_avg_pool", "lrn",          "concat",          "residual_add",
        "fc",   "softmax", "batch_norm",        "l2_normalize", "inception_naive", "inception_v1"};
    QCOMPARE(ops, expected);
    QCOMPARE(cases.ops.size() + cases.preprocess.size() + cases.notCovered.size(), size_t(92));
    QCOMPARE(cases.preprocess.size(), size_t(6));
    // Training's losses: the program runs networks, it doesn't train them.
    const std::vector<std::string> outside = {
        "ce_plain", "ce_smooth0.1", "ce_smooth_1000", "total_loss"};
    QCOMPARE(cases.notCovered, outside);
}

void TestReference::casesGiveExactlyTheNeededTensors()
{
    REQUIRE_SHARED("oracle/ops.json");
    for (const OpCase& c : loadOpCases(sharedPath("oracle/ops.json").toStdString()).ops) {
        std::map<std::string, std::vector<uint64_t>> needed;
        for (const Parameter& parameter : parameters(c.graph, true))
            needed[parameter.key] = parameter.shape;
        std::map<std::string, std::vector<uint64_t>> given;
        for (const TensorInfo& info : c.weights.tensors())
            given[info.key] = info.shape;
        QVERIFY2(needed == given, c.id.c_str());
    }
}

void TestReference::refusesWeightsThatDontFit()
{
    OpCases cases = parseOpCases(embeddedCases);
    const OpCase& c = cases.ops.front();
    const auto message = [&](const TensorMap& weights) -> std::string {
        try {
            (void)referenceRun(c.graph, weights, c.inputs[0]);
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    };
    TensorMap weights;
    QCOMPARE(
        message(weights),
        std::string("reference: the test's tensors has no ops/conv1x1_spatial1.conv.weight"));
    weights.add("ops/conv1x1_spatial1.conv.weight", {2}, {1, 2});
    QCOMPARE(
        message(weights), std::string("reference: ops/conv1x1_spatial1.conv.weight has 2 elements, "
                                      "the network needs 91"));
}

void TestReference::measuresDistance()
{
    using Values = std::vector<double>;
    QCOMPARE(relativeL2(Values{3, 4}, Values{3, 4}), 0.0);
    QCOMPARE(relativeL2(Values{3, 5}, Values{3, 4}), 0.2);
    QCOMPARE(relativeL2(std::vector<float>{3, 5}, Values{3, 4}), 0.2);
    QCOMPARE(relativeL2(Values{0, 0}, Values{0, 0}), 0.0);
    QVERIFY(std::isinf(relativeL2(Values{1}, Values{0})));
    QVERIFY(std::isinf(relativeL2(Values{1}, Values{1, 2})));
    QVERIFY(!(relativeL2(Values{std::numeric_limits<double>::quiet_NaN()}, Values{1}) <= 1e9));
}

INCEPTOSCOPE_TEST_MAIN(TestReference)
#include "test_reference.moc"
