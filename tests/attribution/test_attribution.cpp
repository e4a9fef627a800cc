// Evidence on the device, against what the CPU makes of the same small network in double precision,
// by the definitions alone.
#include "attribution/class_place.h"
#include "attribution/find_evidence.h"
#include "attribution/live_evidence.h"
#include "attribution/study.h"
#include "engine/measuring_site.h"
#include "engine/open_network.h"
#include "error.h"
#include "gradient/gradient.h"
#include "graph/builder.h"
#include "reference/reference.h"
#include "support/error_message.h"
#include "support/gpu.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/synthetic.h"

using namespace inceptoscope;

namespace {

constexpr Shape inputShape{3, 20, 22};
constexpr uint32_t classes = 10;
constexpr double bound = 1e-4;

/// A stem, an Inception module, a residual block, and the usual end.
Graph smallGraph(bool averaged = true)
{
    GraphBuilder builder(inputShape);
    Tensor x = builder.input();
    {
        const ModuleScope module(x, "stem", "Stem", ModuleKind::Stem);
        x = x.conv("conv", 8, 3, {.stride = 2});
    }
    {
        const ModuleScope module(x, "mixed", "Mixed", ModuleKind::Inception);
        x = concat(
            {x.conv("1x1", 4, 1), x.conv("3x3_reduce", 3, 1).conv("3x3", 8, 3),
             x.maxPool("pool", 3, {.stride = 1, .padding = 1}).conv("pool_proj", 4, 1)});
    }
    {
        const ModuleScope module(x, "block", "Block", ModuleKind::Inception);
        const Tensor joined = concat({x.conv("a", 4, 1), x.conv("b", 4, 3)}, "joined");
        const Tensor up = joined.conv("up", 16, 1, {.activation = Activation::None});
        x = add(x, up, {.scale = 0.5F, .activation = Activation::Relu});
    }
    const ModuleScope module(x, "head", "Head", ModuleKind::Head);
    const Tensor logits = (averaged ? x.globalAvgPool("average") : x).fc("fc", classes);
    return builder.finish(logits, logits.softmax("softmax"));
}

OpenedNetwork smallNetwork(bool averaged = true)
{
    Network network;
    network.id = "small";
    network.title = "The small network";
    network.preprocessing.mean = {104, 117, 123};
    network.preprocessing.scale = {0.015F, 0.016F, 0.017F};
    network.graph = smallGraph(averaged);
    OpenedNetwork opened{.network = std::move(network), .weights = nullptr};
    opened.weights = syntheticWeights(opened.network.graph, "");
    opened.labels = std::make_shared<const ClassLabels>();
    return opened;
}

/// The same network on the CPU.
class Reference
{
public:
    explicit Reference(const OpenedNetwork& opened)
        : m_graph(opened.network.graph)
        , m_weights(*opened.weights)
    {
    }

    [[nodiscard]] std::vector<double> forward(const std::vector<float>& input, NodeId node) const
    {
        return referenceRun(m_graph, m_weights, input).at(node);
    }
    [[nodiscard]] double score(const std::vector<float>& input, uint32_t label) const
    {
        return forward(input, *m_graph.logits()).at(label);
    }
    [[nodiscard]] std::vector<double>
    derivative(const std::vector<float>& input, uint32_t label, NodeId node) const
    {
        const Graph both = gradient(m_graph, *m_graph.logits(), Wrt{.nodes = {node}});
        std::vector<double> seed(classes, 0.0);
        seed.at(label) = 1;
        const NodeId given = both.find(gradientName(m_graph, *m_graph.logits())).value();
        return referenceRun(both, m_weights, input, false, {{given, seed}})
            .at(both.find(gradientName(m_graph, node)).value());
    }
    /// Equations 1 and 2 of Grad-CAM over channels [first, first + count), with what is below zero.
    [[nodiscard]] std::vector<double> gradCam(
        const std::vector<float>& input, uint32_t label, NodeId node, uint32_t first,
        uint32_t count) const
    {
        const std::vector<double> a = forward(input, node);
        const std::vector<double> d = derivative(input, label, node);
        const size_t pixels = m_graph[node].shape.pixels();
        std::vector<double> map(pixels, 0.0);
        for (size_t c = first; c < first + count; ++c) {
            double mean = 0;
            for (size_t i = 0; i < pixels; ++i)
                mean += d[c * pixels + i] / double(pixels);
            for (size_t i = 0; i < pixels; ++i)
                map[i] += mean * a[c * pixels + i];
        }
        return map;
    }

private:
    const Graph& m_graph;
    const TensorSource& m_weights;
};

std::vector<double> aboveZero(std::vector<double> map)
{
    for (double& value : map)
        value = std::max(value, 0.0);
    return map;
}

std::vector<float> pattern()
{
    std::vector<float> values;
    for (const uint8_t pixel : syntheticPicture(inputShape.h, inputShape.w, ""))
        values.push_back((float(pixel) - 110) * 0.015F);
    return values;
}

double sumOf(const std::vector<float>& values)
{
    double sum = 0;
    for (const float value : values)
        sum += double(value);
    return sum;
}

bool near(double value, double expected, double tolerance = bound)
{
    return std::abs(value - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

} // namespace

class TestAttribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QVERIFY2(m_gpu.noMessages(), "validation layers found something"); }
    void theTopClass();
    void cam();
    void gradCamAtTheLastModuleIsCam();
    void gradCamAnywhere();
    void branchesOfAModule();
    void branchesOfAResidualBlock();
    void saliency();
    void integratedGradients();
    void occlusion();
    void occlusionGoesOn();
    void studies();
    void framesOfALivePicture();
    void refuses();

private:
    [[nodiscard]] MeasuringSite site()
    {
        return {.device = m_gpu.device(), .goOn = [](double) { return true; }};
    }
    [[nodiscard]] Evidence find(EvidenceRequest request)
    {
        if (!request.classIndex)
            request.classIndex = label;
        return findEvidence(site(), m_opened, {.tensor = m_input}, request);
    }
    [[nodiscard]] NodeId node(const char* name) const
    {
        return m_opened.network.graph.find(name).value();
    }
    [[nodiscard]] ModuleId module(const char* name) const
    {
        return m_opened.network.graph.findModule(name).value();
    }

    static constexpr uint32_t label = 3;
    Gpu m_gpu;
    const OpenedNetwork m_opened = smallNetwork();
    const Reference m_reference{m_opened};
    const std::vector<float> m_input = pattern();
};

void TestAttribution::theTopClass()
{
    const std::vector<double> logits =
        m_reference.forward(m_input, *m_opened.network.graph.logits());
    const Evidence evidence =
        findEvidence(site(), m_opened, {.tensor = m_input}, {.method = Method::Saliency});
    const auto top = size_t(std::ranges::max_element(logits) - logits.begin());
    QCOMPARE(evidence.classIndex, uint32_t(top));
    QVERIFY(near(evidence.score, logits[top]));
    // A picture, too; it is fed as any session is.
    QImage picture(30, 30, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QVERIFY(
        !findEvidence(site(), m_opened, {.picture = picture}, {.method = Method::Cam}).map.empty());
}

/// The classifier's weights times the maps, directly; with the bias its mean is the score.
void TestAttribution::cam()
{
    const Evidence evidence = find({.method = Method::Cam});
    const NodeId maps = node("block/sum");
    const std::vector<double> a = m_reference.forward(m_input, maps);
    const LayerWeights layer =
        loadLayer(m_opened.network.graph, node("head/fc"), *m_opened.weights);
    const Shape& shape = m_opened.network.graph[maps].shape;
    std::vector<double> map(shape.pixels(), 0.0);
    for (size_t c = 0; c < shape.c; ++c)
        for (size_t i = 0; i < map.size(); ++i)
            map[i] += double(layer.weight[label * shape.c + c]) * a[c * map.size() + i];
    QCOMPARE(evidence.at, "block");
    QCOMPARE(evidence.map.w, shape.w);
    QCOMPARE(evidence.map.h, shape.h);
    QVERIFY(relativeL2(evidence.map.values, map) <= bound);
    QVERIFY(evidence.inputGradient.empty());
    const double mean = sumOf(evidence.map.values) / double(shape.pixels());
    QVERIFY(near(mean + evidence.bias, evidence.score));
    QVERIFY(near(evidence.score, m_reference.score(m_input, label)));
}

/// Behind the last module there is nothing but the mean: Grad-CAM's weights are the classifier's
/// over the number of places.
void TestAttribution::gradCamAtTheLastModuleIsCam()
{
    const Evidence cam = find({.method = Method::Cam});
    const Evidence gradCam = find({.method = Method::GradCam});
    QCOMPARE(gradCam.at, "block");
    std::vector<double> expected(cam.map.values.begin(), cam.map.values.end());
    for (double& value : expected)
        value = std::max(value, 0.0) / double(expected.size());
    QVERIFY(relativeL2(gradCam.map.values, expected) <= bound);
    QVERIFY(relativeL2(gradCam.inputGradient, m_reference.derivative(m_input, label, 0)) <= bound);
}

void TestAttribution::gradCamAnywhere()
{
    for (const char* name : {"stem/conv", "mixed/output", "mixed/3x3", "mixed/pool", "block/b"}) {
        const NodeId at = node(name);
        const Evidence evidence =
            find({.method = Method::GradCam, .at = at, .atName = "where I said"});
        const uint32_t channels = m_opened.network.graph[at].shape.c;
        QCOMPARE(evidence.at, "where I said");
        QVERIFY2(
            relativeL2(
                evidence.map.values,
                aboveZero(m_reference.gradCam(m_input, label, at, 0, channels))) <= bound,
            name);
    }
}

/// The branches' parts are exactly what an Inception module passes on.
void TestAttribution::branchesOfAModule()
{
    const Graph& graph = m_opened.network.graph;
    const Evidence evidence = find({.method = Method::GradCam, .modules = evidenceModules(graph)});
    QCOMPARE(evidence.modules.size(), 3U);
    QVERIFY(evidence.modules[0].branches.empty()); // the stem has none
    const ModuleEvidence& mixed = evidence.modules[1];
    QCOMPARE(mixed.module, module("mixed"));
    QCOMPARE(mixed.branches.size(), 3U);
    QVERIFY(mixed.exact);
    QCOMPARE(mixed.rest, 0.0);
    const NodeId joined = node("mixed/output");
    const std::vector<double> a = m_reference.forward(m_input, joined);
    const std::vector<double> d = m_reference.derivative(m_input, label, joined);
    const size_t pixels = graph[joined].shape.pixels();
    double sum = 0;
    size_t first = 0;
    for (const auto& [name, channels] :
         std::vector<std::pair<std::string, size_t>>{{"1x1", 4}, {"3x3", 8}, {"pool_proj", 4}}) {
        const BranchEvidence& branch = mixed.branches[first == 0 ? 0 : first == 4 ? 1 : 2];
        QCOMPARE(branch.name, name);
        double part = 0;
        for (size_t i = first * pixels; i < (first + channels) * pixels; ++i)
            part += a[i] * d[i];
        QVERIFY(near(branch.evidence, part));
        QVERIFY(
            relativeL2(
                branch.map.values,
                aboveZero(m_reference.gradCam(
                    m_input, label, joined, uint32_t(first), uint32_t(channels)))) <= bound);
        sum += branch.evidence;
        first += channels;
    }
    QVERIFY(near(sum, mixed.evidence, 1e-9));
}

/// Shortcut and biases bring what the branches don't.
void TestAttribution::branchesOfAResidualBlock()
{
    const Evidence evidence = find({.method = Method::GradCam, .modules = {module("block")}});
    QCOMPARE(evidence.modules.size(), 1U);
    const ModuleEvidence& block = evidence.modules.front();
    QVERIFY(!block.exact);
    QCOMPARE(block.branches.size(), 2U);
    const auto through = [&](NodeId at) {
        const std::vector<double> a = m_reference.forward(m_input, at);
        const std::vector<double> d = m_reference.derivative(m_input, label, at);
        double sum = 0;
        for (size_t i = 0; i < a.size(); ++i)
            sum += a[i] * d[i];
        return sum;
    };
    QVERIFY(near(block.evidence, through(node("block/sum"))));
    const double branches = block.branches[0].evidence + block.branches[1].evidence;
    QVERIFY(near(branches, through(node("block/joined"))));
    QVERIFY(near(block.rest, block.evidence - branches, 1e-9));
    QVERIFY(std::abs(block.rest) > 1e-3 * std::abs(block.evidence));
}

void TestAttribution::saliency()
{
    const Evidence evidence = find({.method = Method::Saliency});
    const std::vector<double> d = m_reference.derivative(m_input, label, 0);
    const size_t pixels = inputShape.pixels();
    std::vector<double> map(pixels, 0.0);
    for (size_t i = 0; i < d.size(); ++i)
        map[i % pixels] = std::max(map[i % pixels], std::abs(d[i]));
    QCOMPARE(evidence.at, "input");
    QVERIFY(relativeL2(evidence.inputGradient, d) <= bound);
    QVERIFY(relativeL2(evidence.map.values, map) <= bound);
}

/// They add up to the difference of the scores, and each is what many more steps make of it.
void TestAttribution::integratedGradients()
{
    const Evidence evidence = find({.method = Method::IntegratedGradients});
    const Completeness& check = evidence.completeness.value();
    QVERIFY(check.error() <= completenessBound);
    QVERIFY(near(check.sum, sumOf(evidence.attributions)));
    QVERIFY(near(check.sum, sumOf(evidence.map.values)));
    const std::vector<float> black = blackInput(m_opened);
    QCOMPARE(black.front(), -104 * 0.015F);
    QCOMPARE(black.back(), -123 * 0.017F);
    QVERIFY(near(check.baselineScore, m_reference.score(black, label)));
    QVERIFY(near(check.difference, m_reference.score(m_input, label) - check.baselineScore));
    constexpr int steps = 200;
    std::vector<double> sums(m_input.size(), 0.0);
    for (int i = 0; i < steps; ++i) {
        std::vector<float> at(m_input.size());
        for (size_t k = 0; k < at.size(); ++k)
            at[k] = black[k] + (m_input[k] - black[k]) * (float(i) + 0.5F) / steps;
        const std::vector<double> d = m_reference.derivative(at, label, 0);
        for (size_t k = 0; k < d.size(); ++k)
            sums[k] += d[k] * double(m_input[k] - black[k]) / steps;
    }
    QVERIFY(relativeL2(evidence.attributions, sums) <= 0.05);
}

/// Each square covered by hand; those at the right and lower edge are cut.
void TestAttribution::occlusion()
{
    const Evidence evidence = find({.method = Method::Occlusion, .window = 8, .stride = 5});
    const OcclusionGrid& grid = evidence.occlusion.value();
    QCOMPARE(grid.columns, 4U); // at 0, 5, 10, 15 of 22
    QCOMPARE(grid.rows, 4U);    // at 0, 5, 10, 15 of 20
    const double score = m_reference.score(m_input, label);
    std::vector<double> drops;
    for (uint32_t top = 0; top <= 15; top += 5)
        for (uint32_t left = 0; left <= 15; left += 5) {
            std::vector<float> covered = m_input;
            for (uint32_t c = 0; c < 3; ++c)
                for (uint32_t y = top; y < std::min(top + 8, inputShape.h); ++y)
                    for (uint32_t x = left; x < std::min(left + 8, inputShape.w); ++x)
                        covered[(size_t(c) * inputShape.h + y) * inputShape.w + x] = 0;
            drops.push_back(score - m_reference.score(covered, label));
        }
    QVERIFY(relativeL2(evidence.map.values, drops) <= 1e-3);
    QCOMPARE(usualWindow(inputShape), 2U);
    QCOMPARE(usualWindow({3, 224, 224}), 32U);
}

/// It tells what it knows square by square, and goes on from there.
void TestAttribution::occlusionGoesOn()
{
    const EvidenceRequest request{
        .method = Method::Occlusion, .classIndex = label, .window = 8, .stride = 5};
    const EvidenceSubject subject{.tensor = m_input};
    std::vector<PlaneMap> told;
    const Evidence whole =
        findEvidence(site(), m_opened, subject, request, [&](const Evidence& part) {
            told.push_back(part.map);
        });
    QCOMPARE(told.size(), 16U);
    for (size_t i = 0; i < told.size(); ++i) {
        const auto unknown =
            std::ranges::count_if(told[i].values, [](float value) { return std::isnan(value); });
        QCOMPARE(size_t(unknown), told.size() - 1 - i);
    }
    QCOMPARE(told.back().values, whole.map.values);
    size_t more = 0;
    const Evidence again = findEvidence(
        site(), m_opened, subject, request, [&](const Evidence&) { ++more; }, told[11]);
    QCOMPARE(more, 4U);
    QCOMPARE(again.map.values, whole.map.values);
}

/// As the engine does them: interrupted, told how far it is, done anew.
void TestAttribution::studies()
{
    const auto progress = std::make_shared<EvidenceProgress>();
    EvidenceStudy study{.network = "googlenet_bn", .weights = "synthetic"};
    study.request.method = Method::Cam;
    const StudyJob job = evidenceJob(study, progress);
    int calls = 0;
    const MeasuringSite impatient{.device = m_gpu.device(), .goOn = [&](double fraction) {
                                      return fraction < 0.2 || ++calls < 4;
                                  }};
    const QString message = errorMessage([&] { (void)job(impatient); });
    QVERIFY2(message.contains("cancelled"), qPrintable(message));
    QVERIFY(progress->fraction() > 0.1 && progress->fraction() < 1);
    const auto evidence = std::static_pointer_cast<const Evidence>(job(site()));
    QCOMPARE(evidence->map.w, 7U);
    QCOMPARE(evidence->map.h, 7U);
}

/// Frame by frame, as if each were asked about alone; also back and forth between modules.
void TestAttribution::framesOfALivePicture()
{
    int opened = 0;
    LiveEvidence live([&] {
        ++opened;
        return smallNetwork();
    });
    for (const char* name : {"block", "mixed", "stem", "block"}) {
        for (const auto asked : {std::optional<uint32_t>(), std::optional(label)}) {
            QImage frame(40, 30, QImage::Format_RGBX8888);
            frame.fill(QColor(20 * opened + 40, 90, 200));
            frame.setPixelColor(11, 12 + opened, Qt::white);
            live.ask(module(name), asked);
            const auto evidence =
                std::static_pointer_cast<const Evidence>(live.study(site(), frame));
            const Evidence alone = findEvidence(
                site(), m_opened, {.picture = frame},
                {.method = Method::GradCam, .classIndex = asked, .modules = {module(name)}});
            QCOMPARE(evidence->classIndex, alone.classIndex);
            QCOMPARE(evidence->score, alone.score);
            QCOMPARE(evidence->modules.size(), size_t(1));
            const ModuleEvidence& is = evidence->modules[0];
            const ModuleEvidence& should = alone.modules[0];
            QCOMPARE(is.map.values, should.map.values);
            QCOMPARE(is.evidence, should.evidence);
            QCOMPARE(is.branches.size(), should.branches.size());
            for (size_t i = 0; i < is.branches.size(); ++i)
                QCOMPARE(is.branches[i].map.values, should.branches[i].map.values);
        }
    }
    QCOMPARE(opened, 1);
    // A module without a map: the last that has one.
    live.ask(module("head"), {});
    const QImage frame(20, 22, QImage::Format_RGBX8888);
    const auto last = std::static_pointer_cast<const Evidence>(live.study(site(), frame));
    QCOMPARE(last->modules[0].module, module("block"));
    live.release();
    const MeasuringSite busy{.device = m_gpu.device(), .goOn = [](double) { return false; }};
    QVERIFY(errorMessage([&] { (void)live.study(busy, frame); }).contains("cancelled"));
}

void TestAttribution::refuses()
{
    const auto says = [&](const EvidenceRequest& request, const char* what) {
        const QString message = errorMessage([&] { (void)find(request); });
        QVERIFY2(message.contains(QString::fromLatin1(what)), qPrintable(message));
    };
    says({.method = Method::Saliency, .classIndex = classes}, "class 10, the network has 10");
    says({.method = Method::Occlusion, .window = 21}, "--window: 21 pixels, 1 to 20");
    says({.method = Method::Occlusion, .window = 0}, "--window: 0 pixels");
    says({.method = Method::Occlusion, .window = 4, .stride = 5}, "--stride: 5 pixels, 1 to 4");
    says({.method = Method::Occlusion, .window = 4, .stride = 0}, "--stride: 0 pixels");
    const OpenedNetwork direct = smallNetwork(false);
    const QString message = errorMessage(
        [&] { (void)findEvidence(site(), direct, {.tensor = m_input}, {.method = Method::Cam}); });
    QVERIFY2(message.contains("doesn't end in global average pooling"), qPrintable(message));
}

INCEPTOSCOPE_TEST_MAIN(TestAttribution)
#include "test_attribution.moc"
