#include "error.h"
#include "graph/builder.h"
#include "session/loop_trial.h"
#include "session/session.h"
#include "session/tuner.h"
#include "support/gpu.h"
#include "support/test_main.h"
#include "vulkan/cache_file.h"
#include "weights/synthetic.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>

using namespace inceptoscope;

namespace {

/// A 3x3 convolution with two forms on llvmpipe, a 7x7 with one, and the first once more.
Graph threeLayers()
{
    GraphBuilder builder({48, 16, 16});
    builder.beginModule("m", "m", ModuleKind::Stem);
    (void)builder.input().conv("a", 48, 3).conv("b", 48, 7).conv("c", 48, 3);
    builder.endModule();
    return builder.finish();
}

constexpr const char* threeByThree =
    "48x16x16 to 48, kernel 3x3, stride 1x1, padding 1x1x1x1, groups 1, fp32";

} // namespace

class TestTuner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void measuresWhatHasAChoice();
    void knownLayersAreLeftAlone();
    void canBeCancelled();
    void theChoiceIsTheFastest();
    void rememberedForThisDevice();
    void forgottenWithOtherShaders();
    void nonsenseIsIgnored();
    void sessionsUseIt();
    void loopsAreChosenByWhatTheyTake();

private:
    [[nodiscard]] QString file() const;

    std::unique_ptr<Gpu> m_gpu;
    std::unique_ptr<QTemporaryDir> m_cache;
};

void TestTuner::initTestCase()
{
    m_gpu = std::make_unique<Gpu>();
}

void TestTuner::init()
{
    m_cache = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CACHE_HOME", m_cache->path().toUtf8());
}

void TestTuner::cleanup()
{
    QVERIFY(m_gpu->noMessages());
}

QString TestTuner::file() const
{
    return QString::fromStdString(cacheFile(m_gpu->device().physical(), "forms").string()) +
           QStringLiteral(".json");
}

void TestTuner::measuresWhatHasAChoice()
{
    const auto layers = tune(m_gpu->device(), threeLayers(), Precision::Fp32);
    QCOMPARE(layers.size(), 1U);
    QCOMPARE(layers[0].key, std::string(threeByThree));
    QCOMPARE(layers[0].times.size(), 2U);
    for (const FormTime& time : layers[0].times)
        QVERIFY(time.milliseconds > 0);
}

void TestTuner::knownLayersAreLeftAlone()
{
    QVERIFY(
        tune(m_gpu->device(), threeLayers(), Precision::Fp32, {{threeByThree, ConvForm::Winograd}})
            .empty());
}

void TestTuner::canBeCancelled()
{
    try {
        (void)tune(
            m_gpu->device(), threeLayers(), Precision::Fp32, {}, [](double) { return false; });
        QFAIL("it went on");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Cancelled);
    }
}

void TestTuner::theChoiceIsTheFastest()
{
    const auto layers = tune(m_gpu->device(), threeLayers(), Precision::Fp32);
    const TunedLayer& layer = layers.at(0);
    double best = layer.times[0].milliseconds;
    double chosen = 0;
    for (const FormTime& time : layer.times) {
        best = std::min(best, time.milliseconds);
        if (time.form == layer.best)
            chosen = time.milliseconds;
    }
    QVERIFY(chosen * 0.96 <= best);
}

void TestTuner::rememberedForThisDevice()
{
    QVERIFY(readTunedForms(m_gpu->device()).empty());
    const TunedForms forms{{threeByThree, ConvForm::Tiled}, {"another", ConvForm::Vector}};
    writeTunedForms(m_gpu->device(), forms);
    QVERIFY(readTunedForms(m_gpu->device()) == forms);
}

void TestTuner::forgottenWithOtherShaders()
{
    writeTunedForms(m_gpu->device(), {{threeByThree, ConvForm::Tiled}});
    QFile in(file());
    QVERIFY(in.open(QIODevice::ReadOnly));
    QByteArray text = in.readAll();
    in.close();
    const qsizetype at = text.indexOf("\"shaders\": \"") + 12;
    text[at] = text[at] == '1' ? '2' : '1';
    QVERIFY(in.open(QIODevice::WriteOnly));
    in.write(text);
    in.close();
    QVERIFY(readTunedForms(m_gpu->device()).empty());
}

void TestTuner::nonsenseIsIgnored()
{
    writeTunedForms(m_gpu->device(), {});
    for (const char* text : {"", "{", "[]", "{\"device\": 7}", "{\"forms\": {\"a\": \"b\"}}"}) {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
        out.close();
        QVERIFY(readTunedForms(m_gpu->device()).empty());
    }
}

void TestTuner::sessionsUseIt()
{
    const Graph graph = threeLayers();
    const auto weights = syntheticWeights(graph, "");
    const auto weightBytes = [&](const SessionOptions& options) {
        return Session(m_gpu->device(), graph, *weights, options).weightBytes();
    };
    const bool loops = loopsPay(m_gpu->device());
    const ConvForm plain = loops ? ConvForm::Loop : ConvForm::Direct;
    const uint64_t byTable = weightBytes({});
    QCOMPARE(
        weightBytes({.convForm = loops ? ConvForm::WinogradLoop : ConvForm::Winograd}), byTable);
    const uint64_t direct = weightBytes({.convForm = plain});
    QVERIFY(direct < byTable);
    writeTunedForms(m_gpu->device(), {{threeByThree, plain}});
    QCOMPARE(weightBytes({}), direct);
    QFile::remove(file());
    QCOMPARE(weightBytes({}), byTable);
    (void)weightBytes({.autotune = true});
    QVERIFY(readTunedForms(m_gpu->device()).contains(threeByThree));
}

/// What is said of a driver's version is what a measurement says.
void TestTuner::loopsAreChosenByWhatTheyTake()
{
    if (!m_gpu->device().info().texelReads)
        QSKIP("not llvmpipe: its sums are straight-line code");
#ifdef __SANITIZE_ADDRESS__
    QSKIP("times mean nothing with sanitizers");
#endif
    QCOMPARE(loopsPay(m_gpu->device()), measureLoops(m_gpu->device()));
}

INCEPTOSCOPE_TEST_MAIN(TestTuner)
#include "test_tuner.moc"
