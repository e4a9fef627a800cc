// The memory of the program's commands, measured from outside: the most that a child process
// ever had resident (getrusage), the driver's code and compiled shaders included. A machine's
// first start, when the driver compiles, takes more; each command runs once before it counts.
#include "session/memory_needs.h"
#include "support/test_main.h"
#include "weights/layer_weights.h"
#include "weights/safetensors/safetensors.h"
#include "weights/synthetic.h"
#include "zoo/network.h"

#include <QTemporaryDir>

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

Q_DECLARE_METATYPE(inceptoscope::Precision)
Q_DECLARE_METATYPE(inceptoscope::Keep)

extern char** environ;

using namespace inceptoscope;

namespace {

/// Bytes beyond weights, activations and a program that only opened the device: how much of the
/// driver's libraries is resident is the system's affair, some 100 MB. Shaders that convert halves
/// are longer, and lavapipe keeps them in memory.
constexpr uint64_t allowance(Precision precision)
{
    return uint64_t(precision == Precision::Fp16 ? 85 : 75) << 20U;
}

/// What Inception v4 may take beyond weights and activations in all, in float32, with every
/// activation kept.
constexpr uint64_t mostInAll = uint64_t(150) << 20U;

/// Weights that are files to the program, as a person's are.
void writeWeights(const Graph& graph, const std::string& path)
{
    std::vector<TensorInfo> tensors;
    for (const Parameter& p : parameters(graph, false))
        tensors.push_back({.key = p.key, .dtype = DType::F32, .shape = p.shape});
    writeSafetensors(path, tensors, {}, [&](size_t i) {
        return syntheticTensor(tensors[i].key, tensors[i].shape, "");
    });
}

/// Peak resident bytes of the program, which must succeed; 0 where it didn't.
uint64_t peakBytes(const QStringList& arguments)
{
    std::vector<std::string> words = {INCEPTOSCOPE_PROGRAM};
    for (const QString& argument : arguments)
        words.push_back(argument.toStdString());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawn(&child, argv[0], nullptr, nullptr, argv.data(), environ) != 0)
        return 0;
    int status = 0;
    rusage usage{};
    const bool ended = wait4(child, &status, 0, &usage) == child;
    const bool succeeded = ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return succeeded ? uint64_t(usage.ru_maxrss) * 1024 : 0;
}

} // namespace

class TestMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void weightsActivationsAndLittleMore_data();
    void weightsActivationsAndLittleMore();

private:
    [[nodiscard]] QString weightsOf(const Network& network);

    QTemporaryDir m_folder;
};

QString TestMemory::weightsOf(const Network& network)
{
    const QString path =
        m_folder.filePath(QString::fromStdString(network.id) + QStringLiteral(".safetensors"));
    if (!QFileInfo::exists(path))
        writeWeights(network.graph, path.toStdString());
    return path;
}

void TestMemory::weightsActivationsAndLittleMore_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("command");
    QTest::addColumn<Keep>("keep");
    QTest::addColumn<Precision>("precision");
    for (const char* id : {"inception_v4", "inception_resnet_v2"}) {
        const auto row = [&](const char* command, Keep keep, Precision precision) {
            QTest::addRow("%s %s %s", id, command, precisionName(precision))
                << id << command << keep << precision;
        };
        row("activations", Keep::Everything, Precision::Fp32);
        if (id != std::string_view("inception_v4"))
            continue; // what keeps less, or halves, the other does the same way
        row("classify", Keep::Taps, Precision::Fp32);
        row("activations", Keep::Everything, Precision::Fp16);
    }
}

void TestMemory::weightsActivationsAndLittleMore()
{
    QFETCH(const QString, id);
    QFETCH(const QString, command);
    QFETCH(const Keep, keep);
    QFETCH(const Precision, precision);
    const Network network = makeNetwork(id.toStdString());
    const Plan p = plan(network.graph, {.keep = keep, .precision = precision});
    const WeightLayout weights = layOutWeights(network.graph, p, 256);
    QStringList arguments = {
        command,       QStringLiteral(INCEPTOSCOPE_SOURCE_DIR "/resources/pictures/coffee.png"),
        "--network",   id,
        "--weights",   weightsOf(network),
        "--precision", precisionName(precision)};
    if (command == QStringLiteral("activations"))
        arguments += {"--tap", "all", "-o", m_folder.filePath("activations.safetensors")};
    QVERIFY(peakBytes(arguments) > 0);
    const uint64_t idle = peakBytes({"devices"});
    const uint64_t peak = peakBytes(arguments);
    const uint64_t base =
        weights.total + p.arenaBytes + memoryNeeds(network.graph, p, weights).sums;
    QVERIFY(idle > 0);
    QVERIFY2(peak > base + idle, "it can't have run");
    qInfo(
        "weights %.1f MB, activations %.1f MB, and %.1f MB more; %.1f MB when nothing runs",
        double(weights.total) / 1e6, double(p.arenaBytes) / 1e6, double(peak - base) / 1e6,
        double(idle) / 1e6);
    QVERIFY(peak <= base + idle + allowance(precision));
    if (id == QStringLiteral("inception_v4") && keep == Keep::Everything &&
        precision == Precision::Fp32)
        QVERIFY(peak <= base + mostInAll);
}

INCEPTOSCOPE_TEST_MAIN(TestMemory)
#include "test_memory.moc"
